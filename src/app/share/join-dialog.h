/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_JOIN_SERVER,  /* a new folder gets the server's workspace */
  BATON_JOIN_SHARE,   /* the window's workspace goes up to an empty server */
  BATON_JOIN_SIGN_IN, /* the window's workspace is shared, this device signed out */
} BatonJoinKind;

/* Asks for the invitation, a name and a password, and does it. link may be NULL. */
void baton_join_dialog_present (BatonWindow *window, BatonJoinKind kind, const char *link);

G_END_DECLS
