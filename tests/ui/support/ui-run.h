/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "application.h"

G_BEGIN_DECLS

/* The program's application, registered under no name; made when it is first asked for. Borrowed. */
BatonApplication *ui_application (void);

/* One of the program's style sheets, for windows without the application; name as below the resources'
 * prefix. */
void ui_load_style (const char *name);

/* Runs the main loop for so long. */
void ui_spin (guint ms);

G_END_DECLS
