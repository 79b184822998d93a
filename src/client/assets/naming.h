/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "naming-template.h"
#include "reader.h"

G_BEGIN_DECLS

/* Names of files by the template of their board (core/naming-template.h).
 * Values are written so that they can be read back: letters and digits of any language stay, everything else
 * becomes “-”. The extension is the file's own and no part of the template. */

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
