/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* Light or dark, the name of the person at this computer. */
void baton_preferences_present (BatonWindow *window);

G_END_DECLS
