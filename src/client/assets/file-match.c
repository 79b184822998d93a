/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "file-match.h"

#include "naming.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  BatonReader *reader;
  BatonNamingValues values;
  BatonNaming *naming;
  BatonRow *card; /* that fits */
  BatonRow *asset;
  guint fits;
} Match;

static void
match_clear (Match *match)
{
  baton_naming_values_clear (&match->values);
  g_clear_pointer (&match->naming, baton_naming_free);
  g_clear_pointer (&match->card, baton_row_unref);
  g_clear_pointer (&match->asset, baton_row_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Match, match_clear)

/* Without a convention of the board: “Hero_v2” or “Hero”. */
static gboolean
read_plain (Match *match, const char *name)
{
  match->naming = baton_naming_new ("{asset}_v{version}", NULL);
  if (baton_naming_read (match->naming, name, &match->values, NULL))
    return TRUE;
  baton_naming_free (match->naming);
  match->naming = baton_naming_new ("{asset}", NULL);
  return baton_naming_read (match->naming, name, &match->values, NULL);
}

static gboolean
read_name (Match *match, const char *board_id, const char *name, GError **error)
{
  g_autoptr (BatonRow) board = baton_reader_row (match->reader, BATON_ENTITY_BOARD, board_id);
  const char *template = board != NULL ? baton_row_text (board, BATON_BOARD_NAMING) : NULL;

  if (template == NULL)
    return read_plain (match, name);
  match->naming = baton_naming_new (template, error);
  return match->naming != NULL && baton_naming_read (match->naming, name, &match->values, error);
}

static gboolean
same_name (Match *match, BatonNamingPart part, BatonEntity entity, const char *id)
{
  g_autoptr (BatonRow) row = NULL;

  if (!baton_naming_has (match->naming, part))
    return TRUE;
  row = id != NULL ? baton_reader_row (match->reader, entity, id) : NULL;
  return baton_naming_same (row != NULL ? baton_row_text (row, baton_field_find (entity, "name")) : NULL,
      match->values.parts[part]);
}

/* The asset of a card that has the name in the file's name, or NULL. */
static BatonRow *
find_asset (Match *match, const BatonRow *card)
{
  g_autoptr (GPtrArray) assets =
      baton_reader_rows (match->reader, BATON_ENTITY_ASSET, BATON_ASSET_CARD, card->id, FALSE, NULL);

  for (guint i = 0; assets != NULL && i < assets->len; i++)
    {
      BatonRow *row = g_ptr_array_index (assets, i);

      if (baton_row_int (row, BATON_ASSET_REMOVED) == 0 &&
          baton_naming_same (baton_row_text (row, BATON_ASSET_NAME), match->values.parts[BATON_NAMING_ASSET]))
        return baton_row_ref (row);
    }
  return NULL;
}

/* The name must say which card: by its title, or by an asset that it has, or that is called like it. */
static gboolean
fits (Match *match, const BatonRow *card, BatonRow **asset)
{
  const char *title = baton_row_text (card, BATON_CARD_TITLE);
  gboolean by_title = baton_naming_has (match->naming, BATON_NAMING_CARD);

  *asset = NULL;
  if (!same_name (
          match, BATON_NAMING_CAMPAIGN, BATON_ENTITY_CAMPAIGN, baton_row_text (card, BATON_CARD_CAMPAIGN)) ||
      !same_name (
          match, BATON_NAMING_CHANNEL, BATON_ENTITY_CHANNEL, baton_row_text (card, BATON_CARD_CHANNEL)) ||
      !same_name (
          match, BATON_NAMING_TYPE, BATON_ENTITY_ASSET_TYPE, baton_row_text (card, BATON_CARD_ASSET_TYPE)) ||
      (by_title && !baton_naming_same (title, match->values.parts[BATON_NAMING_CARD])))
    return FALSE;
  if (!baton_naming_has (match->naming, BATON_NAMING_ASSET))
    return by_title;
  *asset = find_asset (match, card);
  return *asset != NULL || by_title || baton_naming_same (title, match->values.parts[BATON_NAMING_ASSET]);
}

static gboolean
find_card (Match *match, const char *board, GError **error)
{
  g_autoptr (GPtrArray) cards =
      baton_reader_rows (match->reader, BATON_ENTITY_CARD, BATON_CARD_BOARD, board, TRUE, error);

  for (guint i = 0; cards != NULL && i < cards->len; i++)
    {
      BatonRow *row = g_ptr_array_index (cards, i);
      g_autoptr (BatonRow) asset = NULL;

      if (baton_row_int (row, BATON_CARD_REMOVED) != 0 || baton_row_int (row, BATON_CARD_ARCHIVED) != 0 ||
          baton_row_int (row, BATON_CARD_TEMPLATE) != 0 || !fits (match, row, &asset))
        continue;
      match->fits++;
      if (match->card != NULL)
        continue;
      match->card = baton_row_ref (row);
      match->asset = g_steal_pointer (&asset);
    }
  return cards != NULL;
}

/* The number in the name, 0 for none. */
static gint64
number (const Match *match)
{
  const char *text = match->values.parts[BATON_NAMING_VERSION];

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* “v3” goes on from version 2, wherever the others have got meanwhile. */
static char *
find_parent (const Match *match)
{
  gint64 wanted = number (match) - 1;
  g_autoptr (GPtrArray) versions = NULL;

  if (match->asset == NULL || wanted < 1)
    return NULL;
  versions = baton_reader_rows (
      match->reader, BATON_ENTITY_VERSION, BATON_VERSION_ASSET, match->asset->id, TRUE, NULL);
  for (guint i = 0; versions != NULL && i < versions->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (versions, i);

      if (baton_row_int (row, BATON_VERSION_NUMBER) == wanted &&
          baton_row_int (row, BATON_VERSION_REMOVED) == 0)
        return g_strdup (row->id);
    }
  return NULL;
}

static BatonAddFile *
make_add (const Match *match, const char *path)
{
  BatonAddFile *add = baton_add_file_new ();

  add->card = g_strdup (match->card->id);
  add->path = g_strdup (path);
  add->alone = TRUE;
  if (match->asset != NULL)
    add->asset = g_strdup (match->asset->id);
  else if (match->values.parts[BATON_NAMING_ASSET] != NULL)
    add->name = g_strdelimit (g_strdup (match->values.parts[BATON_NAMING_ASSET]), "-", ' ');
  /* “Hero_v2” on the card “Hero” is no first version, whatever the one asset that it has is called. */
  add->next = number (match) > 1 && !baton_naming_has (match->naming, BATON_NAMING_CARD);
  add->parent = find_parent (match);
  return add;
}

BatonAddFile *
baton_file_match (BatonReader *reader, const char *board, const char *path, GError **error)
{
  g_auto (Match) match = { .reader = reader };
  g_autofree char *name = g_filename_display_basename (path);

  if (!read_name (&match, board, name, error) || !find_card (&match, board, error))
    return NULL;
  if (match.fits == 1)
    return make_add (&match, path);
  if (match.fits == 0)
    g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("“%s” fits no card of this board."), name);
  else
    g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND,
        g_dngettext (GETTEXT_PACKAGE, "“%s” fits %d card of this board.", "“%s” fits %d cards of this board.",
            (gulong) match.fits),
        name, (int) match.fits);
  return NULL;
}
