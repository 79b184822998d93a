/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An invitation link (PROTOCOL.md, section 12): baton://join?server=URL&invitation=SECRET, or the web address
 * URL/join#SECRET. */
typedef struct
{
  char *server; /* https://host:port, or http://…; without a slash at the end */
  char *secret;
} BatonLinkParts;

/* Errors (BATON_ERROR_INVALID) say in words what is wrong with the link. */
gboolean baton_link_parse (const char *link, BatonLinkParts *parts, GError **error);

/* The same, or the address of a server alone (https://host:port, or baton://join?server=URL), for who has an
 * account there: secret is NULL then. */
gboolean baton_link_parse_any (const char *link, BatonLinkParts *parts, GError **error);
void baton_link_clear (BatonLinkParts *parts);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BatonLinkParts, baton_link_clear)

G_END_DECLS
