/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include <glib/gi18n.h>

/* People, and the named things of a board: labels, channels, campaigns, asset types. */

static char *role;
static char *email;
static char *color;

static const GOptionEntry person_options[] = {
  { "role", 'r', 0, G_OPTION_ARG_FILENAME, &role, N_ ("What they do"), N_ ("ROLE") },
  { "email", 'e', 0, G_OPTION_ARG_FILENAME, &email, N_ ("Their e-mail address"), N_ ("ADDRESS") },
  { NULL },
};

static const GOptionEntry name_options[] = {
  { "color", 'c', 0, G_OPTION_ARG_FILENAME, &color, N_ ("Its colour, like #3f76ad"), N_ ("COLOR") },
  { NULL },
};

static gboolean
run_person_list (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (GPtrArray) people = ctl_rows (ctl, BATON_ENTITY_PERSON, BATON_FIELD_NONE, NULL, error);
  g_autofree char *me = baton_reader_meta (ctl->reader, "me");
  CtlTable *table;

  if (people == NULL)
    return FALSE;
  table = ctl_table_new (_ ("Person"), _ ("Role"), _ ("E-mail"), "", _ ("Id"), NULL);
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < people->len; i++)
    {
      const BatonRow *person = g_ptr_array_index (people, i);
      const char *what = baton_row_text (person, BATON_PERSON_ROLE);
      const char *address = baton_row_text (person, BATON_PERSON_EMAIL);
      gboolean is_me = g_strcmp0 (me, person->id) == 0;

      ctl_table_add (table, ctl_row_name (person), what != NULL ? what : "", address != NULL ? address : "",
          is_me ? _ ("you") : "", person->id, NULL);
      if (!ctl->json)
        continue;
      baton_json_begin_object (&ctl->writer, NULL);
      baton_json_string (&ctl->writer, "id", person->id);
      baton_json_string (&ctl->writer, "name", ctl_row_name (person));
      baton_json_string (&ctl->writer, "role", what);
      baton_json_string (&ctl->writer, "email", address);
      baton_json_bool (&ctl->writer, "me", is_me);
      baton_json_end_object (&ctl->writer);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  ctl_table_print (table, ctl);
  return TRUE;
}

static gboolean
run_person_add (Ctl *ctl, char **args, GError **error)
{
  g_autofree char *id = baton_store_new_id ();
  BatonOp *op = baton_op_new (BATON_VERB_PERSON_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_PERSON, id);

  baton_row_set_text (row, BATON_PERSON_NAME, args[0]);
  baton_row_set_text (row, BATON_PERSON_ROLE, role);
  baton_row_set_text (row, BATON_PERSON_EMAIL, email);
  if (!ctl_perform (ctl, op, error))
    return FALSE;
  ctl_added (ctl, id, "name", args[0]);
  return TRUE;
}

static gboolean
list_names (Ctl *ctl, BatonEntity entity, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);
  g_autoptr (GPtrArray) rows =
      board != NULL ? ctl_rows (ctl, entity, baton_field_find (entity, "board"), board->id, error) : NULL;
  CtlTable *table;

  if (rows == NULL)
    return FALSE;
  table = ctl_table_new (_ ("Name"), _ ("Colour"), _ ("Id"), NULL);
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (rows, i);
      const char *shade = baton_row_text (row, baton_field_find (entity, "color"));

      ctl_table_add (table, ctl_row_name (row), shade != NULL ? shade : "", row->id, NULL);
      if (!ctl->json)
        continue;
      baton_json_begin_object (&ctl->writer, NULL);
      baton_json_string (&ctl->writer, "id", row->id);
      baton_json_string (&ctl->writer, "name", ctl_row_name (row));
      baton_json_string (&ctl->writer, "color", shade);
      baton_json_end_object (&ctl->writer);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  ctl_table_print (table, ctl);
  return TRUE;
}

static gboolean
add_name (Ctl *ctl, BatonVerb verb, char **args, GError **error)
{
  BatonEntity entity = baton_verb_info (verb)->entity;
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);
  g_autofree char *id = baton_store_new_id ();
  BatonOp *op;
  BatonRow *row;

  if (board == NULL)
    return FALSE;
  op = baton_op_new (verb);
  row = baton_op_add_row (op, entity, id);
  baton_row_set_text (row, baton_field_find (entity, "board"), board->id);
  baton_row_set_text (row, baton_field_find (entity, "name"), args[1]);
  baton_row_set_text (row, baton_field_find (entity, "color"), color);
  if (!ctl_perform (ctl, op, error))
    return FALSE;
  ctl_added (ctl, id, "name", args[1]);
  return TRUE;
}

static gboolean
remove_name (Ctl *ctl, BatonVerb verb, char **args, GError **error)
{
  BatonEntity entity = baton_verb_info (verb)->entity;
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);
  g_autoptr (BatonRow) row =
      board != NULL ? ctl_find_below (ctl, baton_field_find (entity, "board"), board->id, args[1], error)
                    : NULL;
  const char *ids[] = { NULL, NULL };
  BatonOp *op;

  if (row == NULL)
    return FALSE;
  op = baton_op_new (verb);
  baton_op_add_id (op, row->id);
  if (!ctl_perform (ctl, op, error))
    return FALSE;
  ids[0] = row->id;
  ctl_done (ctl, ids, _ ("Removed."));
  return TRUE;
}

/* The three commands of an entity. */
#define NAMED(symbol, SYMBOL)                                                   \
  static gboolean run_##symbol##_list (Ctl *ctl, char **args, GError **error)   \
  {                                                                             \
    return list_names (ctl, BATON_ENTITY_##SYMBOL, args, error);                \
  }                                                                             \
  static gboolean run_##symbol##_add (Ctl *ctl, char **args, GError **error)    \
  {                                                                             \
    return add_name (ctl, BATON_VERB_##SYMBOL##_ADD, args, error);              \
  }                                                                             \
  static gboolean run_##symbol##_remove (Ctl *ctl, char **args, GError **error) \
  {                                                                             \
    return remove_name (ctl, BATON_VERB_##SYMBOL##_REMOVE, args, error);        \
  }

NAMED (label, LABEL)
NAMED (channel, CHANNEL)
NAMED (campaign, CAMPAIGN)
NAMED (asset_type, ASSET_TYPE)

const CtlCommand ctl_name_commands[] = {
  { "person list", "", N_ ("List the people"), 0, 0, CTL_NEEDS_READING, NULL, run_person_list },
  { "person add", N_ ("NAME"), N_ ("Add a person"), 1, 1, CTL_NEEDS_WRITING, person_options, run_person_add },
  { "label list", N_ ("BOARD"), N_ ("List the labels of a board"), 1, 1, CTL_NEEDS_READING, NULL,
      run_label_list },
  { "label add", N_ ("BOARD NAME"), N_ ("Add a label"), 2, 2, CTL_NEEDS_WRITING, name_options,
      run_label_add },
  { "label remove", N_ ("BOARD LABEL"), N_ ("Remove a label"), 2, 2, CTL_NEEDS_WRITING, NULL,
      run_label_remove },
  { "channel list", N_ ("BOARD"), N_ ("List the channels of a board"), 1, 1, CTL_NEEDS_READING, NULL,
      run_channel_list },
  { "channel add", N_ ("BOARD NAME"), N_ ("Add a channel"), 2, 2, CTL_NEEDS_WRITING, name_options,
      run_channel_add },
  { "channel remove", N_ ("BOARD CHANNEL"), N_ ("Remove a channel"), 2, 2, CTL_NEEDS_WRITING, NULL,
      run_channel_remove },
  { "campaign list", N_ ("BOARD"), N_ ("List the campaigns of a board"), 1, 1, CTL_NEEDS_READING, NULL,
      run_campaign_list },
  { "campaign add", N_ ("BOARD NAME"), N_ ("Add a campaign"), 2, 2, CTL_NEEDS_WRITING, name_options,
      run_campaign_add },
  { "campaign remove", N_ ("BOARD CAMPAIGN"), N_ ("Remove a campaign"), 2, 2, CTL_NEEDS_WRITING, NULL,
      run_campaign_remove },
  { "type list", N_ ("BOARD"), N_ ("List the asset types of a board"), 1, 1, CTL_NEEDS_READING, NULL,
      run_asset_type_list },
  { "type add", N_ ("BOARD NAME"), N_ ("Add an asset type"), 2, 2, CTL_NEEDS_WRITING, name_options,
      run_asset_type_add },
  { "type remove", N_ ("BOARD TYPE"), N_ ("Remove an asset type"), 2, 2, CTL_NEEDS_WRITING, NULL,
      run_asset_type_remove },
  { NULL },
};
