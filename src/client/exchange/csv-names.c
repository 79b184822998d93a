/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "csv-names.h"

#include <string.h>

char *
csv_fold (const char *name)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (name));
  g_autofree char *normal = g_utf8_normalize (trimmed, -1, G_NORMALIZE_NFC);

  return g_utf8_casefold (normal != NULL ? normal : trimmed, -1);
}

void
csv_names_init (CsvNames *self, BatonImportPlan *plan)
{
  static const CsvNamesOfKind kinds[N_NAMES] = {
    [NAMES_STAGE] = { BATON_ENTITY_STAGE, BATON_VERB_STAGE_ADD, BATON_STAGE_NAME, BATON_STAGE_BOARD },
    [NAMES_PERSON] = { BATON_ENTITY_PERSON, BATON_VERB_PERSON_ADD, BATON_PERSON_NAME, BATON_FIELD_NONE },
    [NAMES_CHANNEL] = { BATON_ENTITY_CHANNEL, BATON_VERB_CHANNEL_ADD, BATON_CHANNEL_NAME,
        BATON_CHANNEL_BOARD },
    [NAMES_CAMPAIGN] = { BATON_ENTITY_CAMPAIGN, BATON_VERB_CAMPAIGN_ADD, BATON_CAMPAIGN_NAME,
        BATON_CAMPAIGN_BOARD },
    [NAMES_ASSET_TYPE] = { BATON_ENTITY_ASSET_TYPE, BATON_VERB_ASSET_TYPE_ADD, BATON_ASSET_TYPE_NAME,
        BATON_ASSET_TYPE_BOARD },
    [NAMES_LABEL] = { BATON_ENTITY_LABEL, BATON_VERB_LABEL_ADD, BATON_LABEL_NAME, BATON_LABEL_BOARD },
    [NAMES_FIELD] = { BATON_ENTITY_CUSTOM_FIELD, BATON_VERB_CUSTOM_FIELD_ADD, BATON_CUSTOM_FIELD_NAME,
        BATON_CUSTOM_FIELD_BOARD },
  };

  *self = (CsvNames){ .plan = plan };
  for (guint i = 0; i < N_NAMES; i++)
    {
      self->kinds[i] = kinds[i];
      self->kinds[i].ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      self->kinds[i].were = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
    }
}

void
csv_names_clear (CsvNames *self)
{
  for (guint i = 0; i < N_NAMES; i++)
    {
      g_hash_table_unref (self->kinds[i].ids);
      g_hash_table_unref (self->kinds[i].were);
    }
  g_free (self->first_stage);
}

static void
remember_name (GHashTable *ids, const char *name, const char *id)
{
  char *key = name != NULL ? csv_fold (name) : NULL;

  if (key != NULL && *key != '\0' && !g_hash_table_contains (ids, key))
    g_hash_table_insert (ids, key, g_strdup (id));
  else
    g_free (key);
}

/* What the workspace has already is found by its name, people by their address too. */
static gboolean
load_kind (CsvNames *self, CsvNamesOfKind *names, BatonReader *reader, gboolean new_board, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (names->board != BATON_FIELD_NONE && new_board)
    return TRUE;
  rows = baton_reader_rows (reader, names->entity, names->board,
      names->board != BATON_FIELD_NONE ? self->board : NULL, FALSE, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (rows, i);
      gboolean archived =
          names->entity == BATON_ENTITY_STAGE && baton_row_int (row, BATON_STAGE_ARCHIVED) != 0;

      if (baton_row_int (row, baton_entity_removed (names->entity)) != 0)
        continue;
      remember_name (names->ids, baton_row_text (row, names->name), row->id);
      if (names->entity == BATON_ENTITY_PERSON)
        remember_name (names->ids, baton_row_text (row, BATON_PERSON_EMAIL), row->id);
      if (names->entity == BATON_ENTITY_STAGE && !archived && self->first_stage == NULL)
        self->first_stage = g_strdup (row->id);
    }
  return rows != NULL;
}

gboolean
csv_names_load (CsvNames *self, BatonReader *reader, gboolean new_board, GError **error)
{
  for (guint i = 0; i < N_NAMES; i++)
    {
      if (!load_kind (self, &self->kinds[i], reader, new_board, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
load_were (CsvNames *self, CsvNamesOfKind *names, BatonReader *reader, GError **error)
{
  BatonHistoryQuery query = { .verb = baton_verb_info (names->verb)->name,
    .board = names->board != BATON_FIELD_NONE ? self->board : NULL };
  g_autoptr (GPtrArray) entries = baton_reader_history (reader, &query, error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const BatonEntry *entry = g_ptr_array_index (entries, i);
      const BatonRow *row;

      if (entry->op->batch == NULL || entry->undone || entry->op->rows->len == 0)
        continue;
      row = ((BatonNewRow *) g_ptr_array_index (entry->op->rows, 0))->row;
      remember_name (names->were, baton_row_text (row, names->name), row->id);
      if (names->entity == BATON_ENTITY_PERSON)
        remember_name (names->were, baton_row_text (row, BATON_PERSON_EMAIL), row->id);
    }
  return entries != NULL;
}

gboolean
csv_names_load_were (CsvNames *self, BatonReader *reader, GError **error)
{
  for (guint i = 0; i < N_NAMES; i++)
    {
      if (!load_were (self, &self->kinds[i], reader, error))
        return FALSE;
    }
  return TRUE;
}

/* “Ada Lovelace <ada@example.org>”: who and where; an address alone is both. NULL where there is none. */
static char *
split_address (char **name)
{
  char *open = strchr (*name, '<');
  char *end = open != NULL ? strchr (open, '>') : NULL;
  char *address;

  if (end != NULL && end[1] == '\0' && strchr (open, '@') != NULL)
    {
      address = g_strndup (open + 1, (gsize) (end - open - 1));
      *open = '\0';
      g_strstrip (*name);
      g_strstrip (address);
      if (**name == '\0')
        {
          g_free (*name);
          *name = g_strdup (address);
        }
      return address;
    }
  return strchr (*name, '@') != NULL && strpbrk (*name, " \t") == NULL && **name != '@' ? g_strdup (*name)
                                                                                        : NULL;
}

static gboolean
is_living (gpointer key, gpointer value, gpointer id)
{
  return g_strcmp0 (value, id) == 0;
}

/* What was renamed here goes by its old name, too; what was removed here does not come back. */
static const char *
find_known (CsvNamesOfKind *names, const char *name)
{
  g_autofree char *key = name != NULL ? csv_fold (name) : NULL;
  const char *found = key != NULL ? g_hash_table_lookup (names->ids, key) : NULL;
  const char *was = key != NULL && found == NULL ? g_hash_table_lookup (names->were, key) : NULL;

  if (was == NULL || g_hash_table_find (names->ids, is_living, (gpointer) was) == NULL)
    return found;
  remember_name (names->ids, name, was);
  return g_hash_table_lookup (names->ids, key);
}

static const char *
make_named (CsvNames *self, NamesKind kind, const char *name, const char *address, const char *stage_kind)
{
  CsvNamesOfKind *names = &self->kinds[kind];
  g_autofree char *clipped = baton_exchange_clip (names->name, name);
  char id[37];
  BatonRow *row;

  baton_exchange_make_id (id);
  row = baton_op_add_row (
      baton_import_plan_op (self->plan, names->verb, self->now, self->person), names->entity, id);
  baton_row_set_text (row, names->name, clipped != NULL ? clipped : name);
  if (address != NULL && strlen (address) <= 1000)
    baton_row_set_text (row, BATON_PERSON_EMAIL, address);
  if (names->board != BATON_FIELD_NONE)
    baton_row_set_text (row, names->board, self->board);
  if (kind == NAMES_STAGE)
    baton_row_set_text (row, BATON_STAGE_KIND, stage_kind);
  names->made++;
  if (kind == NAMES_STAGE && self->first_stage == NULL)
    self->first_stage = g_strdup (id);
  if (address != NULL)
    remember_name (names->ids, address, id);
  remember_name (names->ids, name, id);
  return find_known (names, name);
}

static const char *
find_split (CsvNamesOfKind *names, const char *address, const char *name)
{
  const char *found = find_known (names, address);

  return found != NULL ? found : find_known (names, name);
}

static gboolean
was_called (CsvNamesOfKind *names, const char *name, const char *id)
{
  g_autofree char *key = name != NULL ? csv_fold (name) : NULL;

  return key != NULL && g_strcmp0 (g_hash_table_lookup (names->were, key), id) == 0;
}

gboolean
csv_names_mean (CsvNames *self, NamesKind kind, const char *name, const char *id)
{
  CsvNamesOfKind *names = &self->kinds[kind];
  g_autofree char *trimmed = g_strstrip (g_strdup (name));
  g_autofree char *address = kind == NAMES_PERSON ? split_address (&trimmed) : NULL;

  return g_strcmp0 (find_split (names, address, trimmed), id) == 0 || was_called (names, address, id) ||
         was_called (names, trimmed, id);
}

const char *
csv_names_known (CsvNames *self, NamesKind kind, const char *name)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (name));

  return find_known (&self->kinds[kind], trimmed);
}

const char *
csv_names_find (CsvNames *self, NamesKind kind, const char *name, const char *stage_kind)
{
  CsvNamesOfKind *names = &self->kinds[kind];
  g_autofree char *trimmed = g_strstrip (g_strdup (name));
  g_autofree char *address = kind == NAMES_PERSON ? split_address (&trimmed) : NULL;
  const char *found = find_split (names, address, trimmed);

  return found != NULL ? found : make_named (self, kind, trimmed, address, stage_kind);
}
