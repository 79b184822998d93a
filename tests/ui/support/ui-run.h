/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "application.h"

G_BEGIN_DECLS

/* Before anything else in main, instead of gtk_test_init: complaints end the test, but those that GTK
 * after 4.8 has of its own and libadwaita's boxes do not. No accessibility bus. */
void ui_init (int *argc, char ***argv);

/* The program's application, registered under no name; made when it is first asked for. Borrowed. */
BatonApplication *ui_application (void);

/* One of the program's style sheets, for windows without the application; name as below the resources'
 * prefix. */
void ui_load_style (const char *name);

/* Runs the main loop for so long. */
void ui_spin (guint ms);

G_END_DECLS
