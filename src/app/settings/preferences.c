/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "preferences.h"

void
baton_preferences_present (BatonWindow *window)
{
}
