/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "op.h"

G_BEGIN_DECLS

/* How a board names its files: a template such as {campaign}_{channel}_{asset}_v{version}_{date}_{status}.
 * What is written and read by it is in client/assets/naming.h. */

typedef enum
{
  BATON_NAMING_BOARD,
  BATON_NAMING_CAMPAIGN,
  BATON_NAMING_CHANNEL,
  BATON_NAMING_CARD,
  BATON_NAMING_ASSET,
  BATON_NAMING_TYPE,
  BATON_NAMING_VERSION, /* digits */
  BATON_NAMING_DATE,    /* 2026-05-01 or 20260501 */
  BATON_NAMING_STATUS,  /* draft, in-review, approved, approved-with-changes, changes-requested */
  BATON_NAMING_AUTHOR,
  BATON_NAMING_N_PARTS,
} BatonNamingPart;

/* A template is literals and parts in turn; a literal may be empty only at the ends. */
typedef struct
{
  char *literal; /* what stands before the part */
  BatonNamingPart part;
} BatonNamingPiece;

typedef struct
{
  GArray *pieces; /* BatonNamingPiece, at least one */
  char *tail;     /* the literal after the last part */
} BatonNaming;

/* INVALID with a sentence when the template cannot be used: an unknown part, an open brace, nothing between
 * two parts, no part at all. */
BatonNaming *baton_naming_new (const char *template, GError **error);
void baton_naming_free (BatonNaming *naming);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonNaming, baton_naming_free)

gboolean baton_naming_has (BatonNaming *naming, BatonNamingPart part);
const char *baton_naming_part_name (BatonNamingPart part);  /* "campaign", as in a template */
const char *baton_naming_part_words (BatonNamingPart part); /* “campaign”, for people */

/* Refuses an operation that sets a template that cannot be used. Asked when an operation is made or accepted,
 * never when a log is read again: what an older Baton has stored stays as it is. */
gboolean baton_naming_check (const BatonOp *op, GError **error);

G_END_DECLS
