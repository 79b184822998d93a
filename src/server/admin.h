/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <jansson.h>

#include <gio/gio.h>

G_BEGIN_DECLS

/* The socket in the server's folder by which the commands reach the running server: one line of JSON in, one
 * out. Only the server's own user and root get an answer. */
typedef struct _BatonAdmin BatonAdmin;
struct _BatonServer;

BatonAdmin *baton_admin_new (struct _BatonServer *server, GError **error);
void baton_admin_free (BatonAdmin *admin);

/* The other side: asks the server that runs on this folder. NULL with G_IO_ERROR_NOT_FOUND when none does. */
json_t *baton_admin_ask (const char *folder, json_t *command, GError **error);

G_END_DECLS
