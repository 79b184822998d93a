/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl.h"

G_BEGIN_DECLS

/* What the commands about assets, comments and reviews share. */

/* The card, looked for on a board when one is named. */
BatonRow *ctl_asset_card (Ctl *ctl, const char *board, const char *typed, GError **error);

/* An asset of the card by name or id; NULL typed: its only one, or the first. Transfer full. */
BatonRow *ctl_asset_find (Ctl *ctl, const char *card, const char *typed, GError **error);

/* A version by number ("3" or "v3"); NULL: the one that counts. Transfer full. */
BatonRow *ctl_version_find (Ctl *ctl, const BatonRow *asset, const char *typed, GError **error);

/* The open review of the asset: of the version that counts, else of any. Transfer full; NOT_FOUND when none
 * is. */
BatonRow *ctl_review_find (Ctl *ctl, const BatonRow *asset, GError **error);

/* A choice as people type it ("changes-requested", "Changes requested") as the schema has it, or NULL with a
 * usage error. Borrowed. */
const char *ctl_choice (BatonField field, const char *typed, GError **error);

/* The fields of a version as JSON members. */
void ctl_version_json (Ctl *ctl, const BatonRow *version);
gint64 ctl_version_number (Ctl *ctl, const char *version); /* 0 for NULL */

G_END_DECLS
