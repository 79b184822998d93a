/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Secrets that a server hands out: 256 random bits in base64url without padding. Only their hash is kept. */

#define BATON_SECRET_LENGTH 43
#define BATON_SECRET_HASH 32

char *baton_secret_new (void);

/* FALSE when this text cannot be a secret. */
gboolean baton_secret_hash (const char *secret, guint8 hash[BATON_SECRET_HASH]);

/* Overwrites and frees; NULL is fine. */
void baton_secret_free (char *secret);

/* The link that invites: baton://join?server=URL&invitation=SECRET, or URL/join#SECRET for the web. Transfer
 * full. */
char *baton_invitation_link (const char *url, const char *secret);
char *baton_invitation_web_link (const char *url, const char *secret);

G_END_DECLS
