/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The file of a version, for the program and for others. Transfer full. */

/* Where its content lies; NULL when it is not on this computer. To be read only. */
char *baton_version_file_path (BatonCardModel *model, BatonItem *version);
/* The content turned out not to be what its name says. */
gboolean baton_version_file_is_damaged (BatonCardModel *model, BatonItem *version);
/* The name that the board gives it outside. */
char *baton_version_file_name (BatonCardModel *model, BatonItem *version);
/* A copy with that name, made in the user's cache in a thread, for others, who may do with it what they like.
 * Gives its path. */
void baton_version_file_export_async (
    BatonCardModel *model, BatonItem *version, GAsyncReadyCallback callback, gpointer data);
char *baton_version_file_export_finish (GAsyncResult *result, GError **error);

/* The file for a drag or the clipboard: the copy is made when somebody takes it. */
GdkContentProvider *baton_version_provider_new (BatonCardModel *model, BatonItem *version);

G_END_DECLS
