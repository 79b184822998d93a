/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "backups-dialog.h"

void
baton_backups_dialog_present (BatonWindow *window, const char *folder)
{
}
