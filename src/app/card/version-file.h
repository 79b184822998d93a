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
char *baton_version_file_export_finish (GAsyncResult *result, GError **error); /* of both */

/* A copy at a place that a person chose, likewise. */
void baton_version_file_save_async (
    BatonCardModel *model, BatonItem *version, const char *path, GAsyncReadyCallback callback, gpointer data);

/* Why nobody can have the file now, in words; NULL when it is here and as it was added. Transfer full. */
char *baton_version_file_problem (BatonCardModel *model, BatonItem *version);

/* The file for a drag or the clipboard: the copy is made when somebody takes it. NULL when it is not to be
 * had. Why it is not, now or then, is said by the action asset.say (a text) of from. */
GdkContentProvider *baton_version_provider_new (GtkWidget *from, BatonCardModel *model, BatonItem *version);

G_END_DECLS
