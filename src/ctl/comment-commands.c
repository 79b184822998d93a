/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "asset-find.h"

#include "mark.h"

#include <glib/gi18n.h>

/* The conversation on a card, with its pins. */

static char *board_name;
static char *asset_name;
static char *version;
static char *pin;
static char *shape;
static char *place;
static char *page;
static char *reply_to;
static char **mentions;
static gboolean unresolved;

static const GOptionEntry add_options[] = {
  CTL_BOARD_OPTION (board_name),
  CTL_ASSET_OPTION (asset_name),
  { "version", 'n', 0, G_OPTION_ARG_FILENAME, &version, N_ ("About this version of the asset"),
      N_ ("NUMBER") },
  { "pin", 0, 0, G_OPTION_ARG_FILENAME, &pin, N_ ("Pinned to a point, in fractions of width and height"),
      N_ ("X,Y") },
  { "shape", 0, 0, G_OPTION_ARG_FILENAME, &shape,
      N_ ("point, rectangle, stroke, arrow, text, moment or range"), N_ ("SHAPE") },
  { "place", 0, 0, G_OPTION_ARG_FILENAME, &place,
      N_ ("Where: “x,y x,y …”, with “@s” upon the frame at second s, characters “a-b”, or seconds “a-b”"),
      N_ ("PLACE") },
  { "page", 0, 0, G_OPTION_ARG_FILENAME, &page, N_ ("On this page, from 1"), N_ ("NUMBER") },
  { "reply-to", 0, 0, G_OPTION_ARG_FILENAME, &reply_to, N_ ("Answers this comment"), N_ ("ID") },
  { "mention", 'm', 0, G_OPTION_ARG_FILENAME_ARRAY, &mentions, N_ ("Calls this person; may be repeated"),
      N_ ("PERSON") },
  { NULL },
};
static const GOptionEntry list_options[] = {
  CTL_BOARD_OPTION (board_name),
  { "unresolved", 'u', 0, G_OPTION_ARG_NONE, &unresolved, N_ ("Only those that are not settled"), NULL },
  { NULL },
};

static gboolean
set_place (BatonRow *row, GError **error)
{
  const char *name = pin != NULL ? "point" : shape;
  const char *where = pin != NULL ? pin : place;
  g_autoptr (BatonMark) mark = NULL;
  gint64 number = 0;

  if (page != NULL && !ctl_parse_count (page, &number, error))
    return FALSE;
  if (number > 0)
    baton_row_set_int (row, BATON_COMMENT_PAGE, number);
  if (name == NULL && where == NULL)
    return TRUE;
  if (name == NULL || ctl_choice (BATON_COMMENT_SHAPE, name, NULL) == NULL)
    return ctl_usage (
        error, _ ("A pin wants a shape: point, rectangle, stroke, arrow, text, moment or range."));
  mark = baton_mark_parse (baton_mark_shape (name), where);
  if (mark == NULL)
    return ctl_usage (error, _ ("“%s” is no place for the shape “%s”."), where != NULL ? where : "", name);
  baton_row_set_text (row, BATON_COMMENT_SHAPE, name);
  baton_row_set_text (row, BATON_COMMENT_PLACE, where);
  return TRUE;
}

/* What is pinned, or speaks of an asset, is about a version of it. */
static gboolean
set_version (Ctl *ctl, BatonRow *row, const char *card, GError **error)
{
  g_autoptr (BatonRow) asset = NULL;
  g_autoptr (BatonRow) found = NULL;

  if (version == NULL && asset_name == NULL && pin == NULL && shape == NULL && page == NULL)
    return TRUE;
  asset = ctl_asset_find (ctl, card, asset_name, error);
  found = asset != NULL ? ctl_version_find (ctl, asset, version, error) : NULL;
  if (found == NULL)
    return FALSE;
  baton_row_set_text (row, BATON_COMMENT_VERSION, found->id);
  return TRUE;
}

static gboolean
set_mentions (Ctl *ctl, BatonRow *row, GError **error)
{
  for (guint i = 0; mentions != NULL && mentions[i] != NULL; i++)
    {
      g_autoptr (BatonRow) person = ctl_find_person (ctl, mentions[i], error);

      if (person == NULL)
        return FALSE;
      baton_row_take (row, BATON_COMMENT_MENTIONS,
          baton_set_add (baton_row_text (row, BATON_COMMENT_MENTIONS), person->id));
    }
  return TRUE;
}

static gboolean
run_add (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) card = ctl_asset_card (ctl, board_name, args[0], error);
  g_autofree char *text = card != NULL ? ctl_read_text (args[1], error) : NULL;
  g_autofree char *id = baton_store_new_id ();
  g_autoptr (BatonOp) op = baton_op_new (BATON_VERB_COMMENT_ADD);
  BatonRow *row;

  if (text == NULL)
    return FALSE;
  row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);
  baton_row_set_text (row, BATON_COMMENT_CARD, card->id);
  baton_row_set_text (row, BATON_COMMENT_TEXT, text);
  baton_row_set_text (row, BATON_COMMENT_REPLY_TO, reply_to);
  if (!set_version (ctl, row, card->id, error) || !set_place (row, error) ||
      !set_mentions (ctl, row, error) || !ctl_perform (ctl, g_steal_pointer (&op), error))
    return FALSE;
  ctl_added (ctl, id, "text", text);
  return TRUE;
}

static void
kept_json (Ctl *ctl, const char *set)
{
  g_auto (GStrv) ids = baton_set_split (set);

  baton_json_begin_array (&ctl->writer, "kept");
  for (guint i = 0; ids[i] != NULL; i++)
    baton_json_int (&ctl->writer, NULL, ctl_version_number (ctl, ids[i]));
  baton_json_end_array (&ctl->writer);
}

static void
comment_json (Ctl *ctl, const BatonRow *row)
{
  const char *version_id = baton_row_text (row, BATON_COMMENT_VERSION);
  g_autoptr (BatonRow) about =
      version_id != NULL ? baton_reader_row (ctl->reader, BATON_ENTITY_VERSION, version_id) : NULL;
  const char *name = baton_row_text (row, BATON_COMMENT_SHAPE);

  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_string (&ctl->writer, "id", row->id);
  baton_json_string (&ctl->writer, "author",
      ctl_name (ctl, BATON_ENTITY_PERSON, baton_row_text (row, BATON_COMMENT_AUTHOR)));
  baton_json_time (&ctl->writer, "at", baton_row_int (row, BATON_COMMENT_CREATED));
  baton_json_string (&ctl->writer, "text", baton_row_text (row, BATON_COMMENT_TEXT));
  baton_json_string (&ctl->writer, "asset",
      about != NULL ? ctl_name (ctl, BATON_ENTITY_ASSET, baton_row_text (about, BATON_VERSION_ASSET)) : NULL);
  if (about != NULL)
    baton_json_int (&ctl->writer, "version", baton_row_int (about, BATON_VERSION_NUMBER));
  else
    baton_json_null (&ctl->writer, "version");
  baton_json_int (&ctl->writer, "page", baton_row_int (row, BATON_COMMENT_PAGE));
  baton_json_string (&ctl->writer, "shape", name != NULL ? name : "none");
  baton_json_string (&ctl->writer, "place", baton_row_text (row, BATON_COMMENT_PLACE));
  baton_json_string (&ctl->writer, "reply_to", baton_row_text (row, BATON_COMMENT_REPLY_TO));
  ctl_names_json (ctl, "mentions", BATON_ENTITY_PERSON, baton_row_text (row, BATON_COMMENT_MENTIONS));
  baton_json_time (&ctl->writer, "edited", baton_row_int (row, BATON_COMMENT_EDITED));
  baton_json_time (&ctl->writer, "resolved", baton_row_int (row, BATON_COMMENT_RESOLVED));
  baton_json_string (&ctl->writer, "resolver",
      baton_row_text (row, BATON_COMMENT_RESOLVER) != NULL
          ? ctl_name (ctl, BATON_ENTITY_PERSON, baton_row_text (row, BATON_COMMENT_RESOLVER))
          : NULL);
  kept_json (ctl, baton_row_text (row, BATON_COMMENT_KEPT));
  baton_json_end_object (&ctl->writer);
}

static void
list_comment (Ctl *ctl, CtlTable *table, const BatonRow *row)
{
  g_autofree char *at = ctl_local_time (baton_row_int (row, BATON_COMMENT_CREATED));
  gint64 number = ctl_version_number (ctl, baton_row_text (row, BATON_COMMENT_VERSION));
  g_autofree char *about = number > 0 ? g_strdup_printf ("v%d", (int) number) : g_strdup ("");
  const char *name = baton_row_text (row, BATON_COMMENT_SHAPE);
  gboolean pinned = name != NULL && !g_str_equal (name, "none");
  g_autofree char *where =
      pinned ? g_strdup_printf ("%s %s", name, baton_row_text (row, BATON_COMMENT_PLACE)) : g_strdup ("");

  ctl_table_add (table, row->id, at,
      ctl_name (ctl, BATON_ENTITY_PERSON, baton_row_text (row, BATON_COMMENT_AUTHOR)), about, where,
      baton_row_int (row, BATON_COMMENT_RESOLVED) != 0 ? _ ("settled") : "",
      baton_row_text (row, BATON_COMMENT_TEXT), NULL);
  if (ctl->json)
    comment_json (ctl, row);
}

static gboolean
run_list (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) card = ctl_asset_card (ctl, board_name, args[0], error);
  g_autoptr (GPtrArray) comments =
      card != NULL ? ctl_rows (ctl, BATON_ENTITY_COMMENT, BATON_COMMENT_CARD, card->id, error) : NULL;
  CtlTable *table;

  if (comments == NULL)
    return FALSE;
  table =
      ctl_table_new (_ ("Id"), _ ("When"), _ ("Who"), _ ("Version"), _ ("Place"), " ", _ ("Comment"), NULL);
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < comments->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (comments, i);

      if (!unresolved || baton_row_int (row, BATON_COMMENT_RESOLVED) == 0)
        list_comment (ctl, table, row);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  ctl_table_print (table, ctl);
  return TRUE;
}

static gboolean
run_on_ids (Ctl *ctl, char **args, BatonVerb verb, const char *sentence, GError **error)
{
  BatonOp *op = baton_op_new (verb);

  for (guint i = 0; args[i] != NULL; i++)
    baton_op_add_id (op, args[i]);
  if (!ctl_perform (ctl, op, error))
    return FALSE;
  ctl_done (ctl, (const char *const *) args, sentence);
  return TRUE;
}

static gboolean
run_resolve (Ctl *ctl, char **args, GError **error)
{
  return run_on_ids (ctl, args, BATON_VERB_COMMENT_RESOLVE, _ ("Settled."), error);
}

static gboolean
run_reopen (Ctl *ctl, char **args, GError **error)
{
  return run_on_ids (ctl, args, BATON_VERB_COMMENT_REOPEN, _ ("Open again."), error);
}

const CtlCommand ctl_comment_commands[] = {
  { "comment add", N_ ("CARD TEXT"), N_ ("Comment on a card or a version, pinned to a place if you like"), 2,
      2, CTL_NEEDS_WRITING, add_options, run_add, 0 },
  { "comment list", N_ ("CARD"), N_ ("List the comments of a card"), 1, 1, CTL_NEEDS_READING, list_options,
      run_list, 0 },
  { "comment resolve", N_ ("ID…"), N_ ("Settle comments"), 1, -1, CTL_NEEDS_WRITING, NULL, run_resolve, 0 },
  { "comment reopen", N_ ("ID…"), N_ ("Open settled comments again"), 1, -1, CTL_NEEDS_WRITING, NULL,
      run_reopen, 0 },
  { NULL },
};
