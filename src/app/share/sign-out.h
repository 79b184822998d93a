/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* Asks whether this device is to be signed out, says what stays and what has not been sent, and does it. */
void baton_sign_out_ask (BatonWindow *window);

G_END_DECLS
