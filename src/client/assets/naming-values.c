/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "naming.h"

#include <string.h>

static char *
name_of (BatonReader *reader, BatonEntity entity, const char *id)
{
  g_autoptr (BatonRow) row = id != NULL ? baton_reader_row (reader, entity, id) : NULL;
  BatonField field = baton_field_find (entity, entity == BATON_ENTITY_CARD ? "title" : "name");

  return row != NULL ? g_strdup (baton_row_text (row, field)) : NULL;
}

static char *
date_of (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : NULL;
}

void
baton_naming_values_of (BatonReader *reader, const BatonRow *version, BatonNamingValues *values)
{
  g_autoptr (BatonRow) card =
      baton_reader_row (reader, BATON_ENTITY_CARD, baton_row_text (version, BATON_VERSION_CARD));
  char **parts = values->parts;

  memset (values, 0, sizeof *values);
  if (card != NULL)
    {
      parts[BATON_NAMING_BOARD] =
          name_of (reader, BATON_ENTITY_BOARD, baton_row_text (card, BATON_CARD_BOARD));
      parts[BATON_NAMING_CAMPAIGN] =
          name_of (reader, BATON_ENTITY_CAMPAIGN, baton_row_text (card, BATON_CARD_CAMPAIGN));
      parts[BATON_NAMING_CHANNEL] =
          name_of (reader, BATON_ENTITY_CHANNEL, baton_row_text (card, BATON_CARD_CHANNEL));
      parts[BATON_NAMING_TYPE] =
          name_of (reader, BATON_ENTITY_ASSET_TYPE, baton_row_text (card, BATON_CARD_ASSET_TYPE));
      parts[BATON_NAMING_CARD] = g_strdup (baton_row_text (card, BATON_CARD_TITLE));
    }
  parts[BATON_NAMING_ASSET] =
      name_of (reader, BATON_ENTITY_ASSET, baton_row_text (version, BATON_VERSION_ASSET));
  parts[BATON_NAMING_AUTHOR] =
      name_of (reader, BATON_ENTITY_PERSON, baton_row_text (version, BATON_VERSION_AUTHOR));
  parts[BATON_NAMING_VERSION] =
      g_strdup_printf ("%" G_GINT64_FORMAT, baton_row_int (version, BATON_VERSION_NUMBER));
  parts[BATON_NAMING_DATE] = date_of (baton_row_int (version, BATON_VERSION_CREATED));
  parts[BATON_NAMING_STATUS] =
      g_strdelimit (g_strdup (baton_row_text (version, BATON_VERSION_STATUS)), "_", '-');
}

static char *
template_of (BatonReader *reader, const BatonRow *version)
{
  g_autoptr (BatonRow) card =
      baton_reader_row (reader, BATON_ENTITY_CARD, baton_row_text (version, BATON_VERSION_CARD));
  g_autoptr (BatonRow) board =
      card != NULL ? baton_reader_row (reader, BATON_ENTITY_BOARD, baton_row_text (card, BATON_CARD_BOARD))
                   : NULL;

  return board != NULL ? g_strdup (baton_row_text (board, BATON_BOARD_NAMING)) : NULL;
}

/* An extension that somebody else's file name brought along, as far as it is harmless. */
static char *
safe_extension (const char *file)
{
  const char *extension = file != NULL ? baton_naming_extension (file) : "";

  for (const char *p = extension; *p != '\0'; p++)
    {
      if (p > extension && !g_ascii_isalnum (*p))
        return g_strdup ("");
    }
  return g_strdup (extension);
}

char *
baton_naming_export_name (BatonReader *reader, const BatonRow *version)
{
  g_autofree char *template = template_of (reader, version);
  g_autoptr (BatonNaming) naming = template != NULL ? baton_naming_new (template, NULL) : NULL;
  g_auto (BatonNamingValues) values = { { NULL } };
  g_autofree char *extension = safe_extension (baton_row_text (version, BATON_VERSION_FILE));
  g_autofree char *stem = NULL;

  if (naming == NULL)
    naming = baton_naming_new ("{asset}_v{version}", NULL);
  baton_naming_values_of (reader, version, &values);
  stem = baton_naming_format (naming, &values);
  return g_strconcat (stem, extension, NULL);
}
