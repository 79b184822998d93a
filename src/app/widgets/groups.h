/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A new group at the end of a preferences page; title and description may be NULL. Borrowed: the page owns
 * it. */
AdwPreferencesGroup *baton_add_group (GtkWidget *page, const char *title, const char *description);

G_END_DECLS
