/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roster.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Private to share: the rows of the team dialog. They ask for nothing themselves: each calls `wish` with what
 * the person wants, on the main thread. name: of whom or what, for a question or a toast. */
typedef void (*BatonTeamWish) (
    GtkWidget *near, BatonRosterAct act, const char *id, BatonRole role, const char *name, gpointer data);

typedef struct
{
  BatonTeamWish wish;
  gpointer data;
} BatonTeamAsk;

/* known: by which name they are known on the boards, which may be another than they sign in with; or NULL.
 * Transfer floating; ask is copied. */
GtkWidget *baton_team_member_row (
    const BatonRoster *roster, const BatonRosterMember *member, const char *known, const BatonTeamAsk *ask);
/* Transfer floating; ask is copied. */
GtkWidget *baton_team_invitation_row (
    const BatonRoster *roster, const BatonRosterInvitation *invitation, const BatonTeamAsk *ask);
GtkWidget *baton_team_device_row (const BatonRosterDevice *device, const BatonTeamAsk *ask);
/* The link that was just made. */
GtkWidget *baton_team_link_row (const char *link);
/* Where an invitation is made. */
GtkWidget *baton_team_invite_row (BatonRole own, const BatonTeamAsk *ask);

G_END_DECLS
