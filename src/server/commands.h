/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "accounts.h"

#include <jansson.h>

G_BEGIN_DECLS

/* What can be asked of a server from its own machine, by the running server's socket or, when none runs, on
 * its folder directly. A command is a JSON object {"do":NAME,…}, and so is its answer. */

/* Those about people: invite, users, role, remove, password, revoke, devices, log. NULL with the error set;
 * an unknown one gives BATON_ERROR_NOT_FOUND. url: what links carry. Transfer full. */
json_t *baton_command_people (BatonAccounts *accounts, const char *url, json_t *command, GError **error);

/* {"error":SENTENCE}. Transfer full. */
json_t *baton_command_failed (const GError *error);

/* The answers of backup and verify. Transfer full. */
struct _BatonServer;
json_t *baton_command_backup (const char *folder, gint64 at, GError **error);
json_t *baton_command_verify (const char *folder, gboolean deep, BatonAccounts *accounts, GError **error);

#define BATON_ADMIN_SOCKET "admin.sock"

G_END_DECLS
