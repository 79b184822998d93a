/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader.h"

G_BEGIN_DECLS

/* How a board names its files: a template such as {campaign}_{channel}_{asset}_v{version}_{date}_{status}.
 * Values are written so that they can be read back: letters and digits of any language stay, everything else
 * becomes “-”. The extension is the file's own and no part of the template. */

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

typedef struct _BatonNaming BatonNaming;

/* INVALID with a sentence when the template cannot be used: an unknown part, an open brace, nothing between
 * two parts, no part at all. */
BatonNaming *baton_naming_new (const char *template, GError **error);
void baton_naming_free (BatonNaming *naming);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonNaming, baton_naming_free)

gboolean baton_naming_has (BatonNaming *naming, BatonNamingPart part);
const char *baton_naming_part_name (BatonNamingPart part);  /* "campaign", as in a template */
const char *baton_naming_part_words (BatonNamingPart part); /* “campaign”, for people */

/* What the parts are; NULL is written as “none” and read back as NULL. */
typedef struct
{
  char *parts[BATON_NAMING_N_PARTS];
} BatonNamingValues;

void baton_naming_values_clear (BatonNamingValues *values);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BatonNamingValues, baton_naming_values_clear)

/* The values of a version, as the workspace has them. */
void baton_naming_values_of (BatonReader *reader, const BatonRow *version, BatonNamingValues *values);

/* A name without extension. At most 200 bytes, no control characters, no slashes. Transfer full. */
char *baton_naming_format (BatonNaming *naming, const BatonNamingValues *values);
char *baton_naming_example (BatonNaming *naming); /* with made-up values, for a live example */

/* Takes a file's name apart (with its extension or without). INVALID with a sentence that says what is
 * missing and where, when it does not fit. Values read are as they stand in the name. */
gboolean baton_naming_read (BatonNaming *naming, const char *name, BatonNamingValues *values, GError **error);

/* Whether a text, written into a name, would read like this. */
gboolean baton_naming_same (const char *text, const char *written);

/* The name under which a version leaves the workspace: by its board's convention, else the asset's name and
 * the version, always with the extension of the file. Safe as a file name everywhere. Transfer full. */
char *baton_naming_export_name (BatonReader *reader, const BatonRow *version);

/* The extension with its point, "" when there is none: ".png", ".tar.gz" is ".gz". Points into name. */
const char *baton_naming_extension (const char *name);

G_END_DECLS
