/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* Who belongs to the server of the window's workspace, invitations, and one's own devices; what one's role
 * does not allow is not offered. */
void baton_team_dialog_present (BatonWindow *window);

G_END_DECLS
