/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* Import of a Trello board, a CSV file or a Baton export; file may be NULL and is then asked for. */
void baton_import_dialog_present (BatonWindow *window, GFile *file);

G_END_DECLS
