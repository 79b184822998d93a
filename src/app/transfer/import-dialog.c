/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "import-dialog.h"

void
baton_import_dialog_present (BatonWindow *window, GFile *file)
{
}
