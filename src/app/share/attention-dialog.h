/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* What the server refused and what others replaced unseen: what was intended, why it was not done, and what
 * can be done now. */
void baton_attention_dialog_present (BatonWindow *window);

G_END_DECLS
