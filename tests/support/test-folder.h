/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A new folder for one test, below the one for temporary files. Transfer full. */
char *baton_test_folder_new (void);

/* With all that is in it; links are removed, not followed. Nothing when there is none. */
void baton_test_folder_remove (const char *folder);

G_END_DECLS
