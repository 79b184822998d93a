/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "export-dialog.h"

void
baton_export_dialog_present (BatonWindow *window)
{
}
