/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"
#include "words.h"

#include <glib/gi18n.h>

/* Looking at cards: card list, card show. */

static char *board_name;
static char *stage_name;
static char *owner;
static char *label;
static gboolean archived;
static gboolean binned;
static gboolean templates;

static const GOptionEntry list_options[] = {
  { "board", 'b', 0, G_OPTION_ARG_FILENAME, &board_name, N_ ("Only those of this board"), N_ ("BOARD") },
  { "stage", 's', 0, G_OPTION_ARG_FILENAME, &stage_name, N_ ("Only those in this stage (with --board)"),
      N_ ("STAGE") },
  { "owner", 'o', 0, G_OPTION_ARG_FILENAME, &owner, N_ ("Only those of this person"), N_ ("PERSON") },
  { "label", 'l', 0, G_OPTION_ARG_FILENAME, &label, N_ ("Only those with this label"), N_ ("LABEL") },
  { "archived", 0, 0, G_OPTION_ARG_NONE, &archived, N_ ("Those in the archive"), NULL },
  { "binned", 0, 0, G_OPTION_ARG_NONE, &binned, N_ ("Those in the bin"), NULL },
  { "templates", 0, 0, G_OPTION_ARG_NONE, &templates, N_ ("Card templates"), NULL },
  { NULL },
};

static const GOptionEntry show_options[] = {
  { "board", 'b', 0, G_OPTION_ARG_FILENAME, &board_name, N_ ("Look only on this board"), N_ ("BOARD") },
  { NULL },
};

static gboolean
has_label (Ctl *ctl, const BatonRow *card)
{
  g_auto (GStrv) ids = baton_set_split (baton_row_text (card, BATON_CARD_LABELS));

  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (g_str_equal (ids[i], label) || g_str_equal (ctl_name (ctl, BATON_ENTITY_LABEL, ids[i]), label))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_wanted (Ctl *ctl, const BatonRow *card, const char *owner_id)
{
  if (ctl_is_removed (card) != binned || (baton_row_int (card, BATON_CARD_TEMPLATE) != 0) != templates)
    return FALSE;
  if (!binned && !templates && (baton_row_int (card, BATON_CARD_ARCHIVED) != 0) != archived)
    return FALSE;
  if (owner_id != NULL && g_strcmp0 (baton_row_text (card, BATON_CARD_OWNER), owner_id) != 0)
    return FALSE;
  return label == NULL || has_label (ctl, card);
}

static void
name_or_null (Ctl *ctl, const char *key, const BatonRow *row, BatonField field)
{
  const char *id = baton_row_text (row, field);

  baton_json_string (
      &ctl->writer, key, id != NULL ? ctl_name (ctl, baton_field_info (field)->target, id) : NULL);
}

/* The keys that a card has wherever it is listed. */
static void
write_face (Ctl *ctl, const BatonRow *card)
{
  BatonJson *json = &ctl->writer;

  baton_json_string (json, "id", card->id);
  baton_json_string (json, "title", ctl_row_name (card));
  name_or_null (ctl, "board", card, BATON_CARD_BOARD);
  baton_json_string (json, "board_id", baton_row_text (card, BATON_CARD_BOARD));
  name_or_null (ctl, "stage", card, BATON_CARD_STAGE);
  baton_json_string (json, "stage_id", baton_row_text (card, BATON_CARD_STAGE));
  baton_json_time (json, "created", baton_row_int (card, BATON_CARD_CREATED));
  baton_json_time (json, "entered", baton_row_int (card, BATON_CARD_ENTERED));
  baton_json_time (json, "due", baton_row_int (card, BATON_CARD_DUE));
  baton_json_string (json, "urgency", baton_row_text (card, BATON_CARD_URGENCY));
  baton_json_string (json, "satisfaction", baton_row_text (card, BATON_CARD_SATISFACTION));
  name_or_null (ctl, "creator", card, BATON_CARD_CREATOR);
  name_or_null (ctl, "owner", card, BATON_CARD_OWNER);
  ctl_names_json (ctl, "members", BATON_ENTITY_PERSON, baton_row_text (card, BATON_CARD_MEMBERS));
  name_or_null (ctl, "channel", card, BATON_CARD_CHANNEL);
  name_or_null (ctl, "campaign", card, BATON_CARD_CAMPAIGN);
  name_or_null (ctl, "asset_type", card, BATON_CARD_ASSET_TYPE);
  ctl_names_json (ctl, "labels", BATON_ENTITY_LABEL, baton_row_text (card, BATON_CARD_LABELS));
  baton_json_string (json, "blocked_reason", baton_row_text (card, BATON_CARD_BLOCKED_REASON));
  baton_json_bool (json, "archived", baton_row_int (card, BATON_CARD_ARCHIVED) != 0);
  baton_json_bool (json, "binned", ctl_is_removed (card));
  baton_json_bool (json, "template", baton_row_int (card, BATON_CARD_TEMPLATE) != 0);
  baton_json_int (json, "items", baton_row_int (card, BATON_CARD_ITEMS));
  baton_json_int (json, "items_done", baton_row_int (card, BATON_CARD_ITEMS_DONE));
}

static void
list_one (Ctl *ctl, const BatonRow *card, CtlTable *table)
{
  g_autofree char *due = NULL;

  if (ctl->json)
    {
      baton_json_begin_object (&ctl->writer, NULL);
      write_face (ctl, card);
      baton_json_end_object (&ctl->writer);
      return;
    }
  due = ctl_local_time (baton_row_int (card, BATON_CARD_DUE));
  ctl_table_add (table, ctl_row_name (card),
      ctl_name (ctl, BATON_ENTITY_STAGE, baton_row_text (card, BATON_CARD_STAGE)),
      ctl_name (ctl, BATON_ENTITY_PERSON, baton_row_text (card, BATON_CARD_OWNER)), due, card->id, NULL);
}

static GPtrArray *
candidates (Ctl *ctl, GError **error)
{
  g_autoptr (BatonRow) board = board_name != NULL ? ctl_find_board (ctl, board_name, error) : NULL;
  g_autoptr (BatonRow) stage = NULL;

  if (board_name == NULL && stage_name != NULL)
    {
      ctl_usage (error, _ ("--stage needs --board."));
      return NULL;
    }
  if (board_name != NULL && board == NULL)
    return NULL;
  if (stage_name != NULL && (stage = ctl_find_stage (ctl, board->id, stage_name, error)) == NULL)
    return NULL;
  if (stage != NULL)
    return baton_reader_rows (ctl->reader, BATON_ENTITY_CARD, BATON_CARD_STAGE, stage->id, TRUE, error);
  return baton_reader_rows (ctl->reader, BATON_ENTITY_CARD,
      board != NULL ? BATON_CARD_BOARD : BATON_FIELD_NONE, board != NULL ? board->id : NULL, TRUE, error);
}

static gboolean
run_list (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) person = owner != NULL ? ctl_find_person (ctl, owner, error) : NULL;
  g_autoptr (GPtrArray) cards = NULL;
  CtlTable *table;

  if (owner != NULL && person == NULL)
    return FALSE;
  cards = candidates (ctl, error);
  if (cards == NULL)
    return FALSE;
  table = ctl_table_new (_ ("Card"), _ ("Stage"), _ ("Owner"), _ ("Due"), _ ("Id"), NULL);
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < cards->len; i++)
    {
      if (is_wanted (ctl, g_ptr_array_index (cards, i), person != NULL ? person->id : NULL))
        list_one (ctl, g_ptr_array_index (cards, i), table);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  ctl_table_print (table, ctl);
  return TRUE;
}

static GPtrArray *
parts (Ctl *ctl, BatonField parent, const char *id)
{
  GPtrArray *rows = ctl_rows (ctl, baton_field_info (parent)->entity, parent, id, NULL);

  return rows != NULL ? rows : g_ptr_array_new ();
}

static void
write_checklists (Ctl *ctl, const BatonRow *card)
{
  g_autoptr (GPtrArray) lists = parts (ctl, BATON_CHECKLIST_CARD, card->id);
  BatonJson *json = &ctl->writer;

  baton_json_begin_array (json, "checklists");
  for (guint i = 0; i < lists->len; i++)
    {
      const BatonRow *list = g_ptr_array_index (lists, i);
      g_autoptr (GPtrArray) items = parts (ctl, BATON_ITEM_CHECKLIST, list->id);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "id", list->id);
      baton_json_string (json, "title", ctl_row_name (list));
      baton_json_begin_array (json, "items");
      for (guint j = 0; j < items->len; j++)
        {
          const BatonRow *item = g_ptr_array_index (items, j);

          baton_json_begin_object (json, NULL);
          baton_json_string (json, "id", item->id);
          baton_json_string (json, "text", ctl_row_name (item));
          baton_json_bool (json, "done", baton_row_int (item, BATON_ITEM_DONE) != 0);
          baton_json_end_object (json);
        }
      baton_json_end_array (json);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
write_criteria (Ctl *ctl, const BatonRow *card)
{
  g_autoptr (GPtrArray) criteria =
      parts (ctl, BATON_CRITERION_STAGE, baton_row_text (card, BATON_CARD_STAGE));
  BatonJson *json = &ctl->writer;

  baton_json_begin_array (json, "criteria");
  for (guint i = 0; i < criteria->len; i++)
    {
      const BatonRow *criterion = g_ptr_array_index (criteria, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "id", criterion->id);
      baton_json_string (json, "text", ctl_row_name (criterion));
      baton_json_bool (
          json, "met", baton_set_contains (baton_row_text (card, BATON_CARD_DONE_CRITERIA), criterion->id));
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
write_blockers (Ctl *ctl, const BatonRow *card)
{
  g_auto (GStrv) ids = baton_set_split (baton_row_text (card, BATON_CARD_BLOCKERS));

  baton_json_begin_array (&ctl->writer, "waits_for");
  for (guint i = 0; ids[i] != NULL; i++)
    {
      baton_json_begin_object (&ctl->writer, NULL);
      baton_json_string (&ctl->writer, "id", ids[i]);
      baton_json_string (&ctl->writer, "title", ctl_name (ctl, BATON_ENTITY_CARD, ids[i]));
      baton_json_end_object (&ctl->writer);
    }
  baton_json_end_array (&ctl->writer);
}

static void
write_comments (Ctl *ctl, const BatonRow *card)
{
  g_autoptr (GPtrArray) comments = parts (ctl, BATON_COMMENT_CARD, card->id);
  BatonJson *json = &ctl->writer;

  baton_json_begin_array (json, "comments");
  for (guint i = 0; i < comments->len; i++)
    {
      const BatonRow *comment = g_ptr_array_index (comments, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "id", comment->id);
      baton_json_time (json, "at", baton_row_int (comment, BATON_COMMENT_CREATED));
      name_or_null (ctl, "author", comment, BATON_COMMENT_AUTHOR);
      baton_json_string (json, "text", baton_row_text (comment, BATON_COMMENT_TEXT));
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
write_links_and_fields (Ctl *ctl, const BatonRow *card)
{
  g_autoptr (GPtrArray) links = parts (ctl, BATON_LINK_CARD, card->id);
  g_autoptr (GPtrArray) values = parts (ctl, BATON_CUSTOM_VALUE_CARD, card->id);
  BatonJson *json = &ctl->writer;

  baton_json_begin_array (json, "links");
  for (guint i = 0; i < links->len; i++)
    {
      const BatonRow *link = g_ptr_array_index (links, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "id", link->id);
      baton_json_string (json, "url", baton_row_text (link, BATON_LINK_URL));
      baton_json_string (json, "title", baton_row_text (link, BATON_LINK_TITLE));
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
  baton_json_begin_array (json, "fields");
  for (guint i = 0; i < values->len; i++)
    {
      const BatonRow *value = g_ptr_array_index (values, i);

      baton_json_begin_object (json, NULL);
      name_or_null (ctl, "name", value, BATON_CUSTOM_VALUE_FIELD);
      baton_json_string (json, "text", baton_row_text (value, BATON_CUSTOM_VALUE_TEXT));
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
show_json (Ctl *ctl, const BatonRow *card)
{
  BatonJson *json = &ctl->writer;
  gint64 entered = baton_row_int (card, BATON_CARD_ENTERED);

  baton_json_begin_object (json, NULL);
  write_face (ctl, card);
  baton_json_int (json, "age", MAX (0, (g_get_real_time () - entered) / G_USEC_PER_SEC));
  baton_json_string (json, "brief", baton_row_text (card, BATON_CARD_BRIEF));
  baton_json_string (json, "notes", baton_row_text (card, BATON_CARD_NOTES));
  baton_json_string (json, "audience", baton_row_text (card, BATON_CARD_AUDIENCE));
  write_blockers (ctl, card);
  write_criteria (ctl, card);
  write_checklists (ctl, card);
  write_comments (ctl, card);
  write_links_and_fields (ctl, card);
  baton_json_end_object (json);
}

static void
say_name (Ctl *ctl, const char *what, const BatonRow *card, BatonField field)
{
  const char *id = baton_row_text (card, field);
  g_autofree char *text = ctl_short (ctl_name (ctl, baton_field_info (field)->target, id), 200);

  if (id != NULL)
    ctl_say (ctl, "%s: %s", what, text);
}

static void
say_labels (Ctl *ctl, const BatonRow *card)
{
  g_auto (GStrv) ids = baton_set_split (baton_row_text (card, BATON_CARD_LABELS));
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; ids[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", ctl_name (ctl, BATON_ENTITY_LABEL, ids[i]));
  if (names->len > 0)
    ctl_say (ctl, _ ("Labels: %s"), names->str);
}

/* A text of many lines keeps its lines, but nothing in it steers the terminal. */
static void
say_long (Ctl *ctl, const char *what, const BatonRow *card, BatonField field)
{
  const char *text = baton_row_text (card, field);
  g_auto (GStrv) lines = NULL;

  if (text == NULL || *text == '\0')
    return;
  lines = g_strsplit (text, "\n", -1);
  ctl_say (ctl, "\n%s", what);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = ctl_short (lines[i], G_MAXUINT);

      ctl_say (ctl, "  %s", line);
    }
}

static void
say_parts (Ctl *ctl, const BatonRow *card)
{
  g_autoptr (GPtrArray) lists = parts (ctl, BATON_CHECKLIST_CARD, card->id);
  g_autoptr (GPtrArray) comments = parts (ctl, BATON_COMMENT_CARD, card->id);

  for (guint i = 0; i < lists->len; i++)
    {
      const BatonRow *list = g_ptr_array_index (lists, i);
      g_autoptr (GPtrArray) items = parts (ctl, BATON_ITEM_CHECKLIST, list->id);
      g_autofree char *title = ctl_short (ctl_row_name (list), 200);

      ctl_say (ctl, "\n%s", *title != '\0' ? title : _ ("Checklist"));
      for (guint j = 0; j < items->len; j++)
        {
          const BatonRow *item = g_ptr_array_index (items, j);
          g_autofree char *text = ctl_short (ctl_row_name (item), 200);

          ctl_say (ctl, "  [%c] %s", baton_row_int (item, BATON_ITEM_DONE) != 0 ? 'x' : ' ', text);
        }
    }
  for (guint i = 0; i < comments->len; i++)
    {
      const BatonRow *comment = g_ptr_array_index (comments, i);
      g_autofree char *at = ctl_local_time (baton_row_int (comment, BATON_COMMENT_CREATED));
      g_autofree char *head = g_strdup_printf (
          "%s, %s", at, ctl_name (ctl, BATON_ENTITY_PERSON, baton_row_text (comment, BATON_COMMENT_AUTHOR)));

      say_long (ctl, head, comment, BATON_COMMENT_TEXT);
    }
}

static void
show_words (Ctl *ctl, const BatonRow *card)
{
  g_autofree char *title = ctl_short (ctl_row_name (card), 1000);
  g_autofree char *due = ctl_local_time (baton_row_int (card, BATON_CARD_DUE));
  g_autofree char *reason = ctl_short (baton_row_text (card, BATON_CARD_BLOCKED_REASON), 1000);

  ctl_say (ctl, "%s\n%s", title, card->id);
  say_name (ctl, _ ("Board"), card, BATON_CARD_BOARD);
  say_name (ctl, _ ("Stage"), card, BATON_CARD_STAGE);
  say_name (ctl, _ ("Owner"), card, BATON_CARD_OWNER);
  say_name (ctl, _ ("Channel"), card, BATON_CARD_CHANNEL);
  say_name (ctl, _ ("Campaign"), card, BATON_CARD_CAMPAIGN);
  say_name (ctl, _ ("Asset type"), card, BATON_CARD_ASSET_TYPE);
  say_labels (ctl, card);
  if (*due != '\0')
    ctl_say (ctl, _ ("Due: %s"), due);
  if (baton_row_text (card, BATON_CARD_SATISFACTION) != NULL)
    ctl_say (ctl, _ ("Satisfied with it: %s"),
        baton_words_satisfaction (baton_row_text (card, BATON_CARD_SATISFACTION)));
  if (*reason != '\0')
    ctl_say (ctl, _ ("Blocked: %s"), reason);
  if (baton_row_int (card, BATON_CARD_ARCHIVED) != 0)
    ctl_say (ctl, "%s", _ ("In the archive"));
  if (ctl_is_removed (card))
    ctl_say (ctl, "%s", _ ("In the bin"));
  say_long (ctl, _ ("Brief"), card, BATON_CARD_BRIEF);
  say_long (ctl, _ ("Context notes"), card, BATON_CARD_NOTES);
  say_long (ctl, _ ("Audience"), card, BATON_CARD_AUDIENCE);
  say_parts (ctl, card);
}

static gboolean
run_show (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = board_name != NULL ? ctl_find_board (ctl, board_name, error) : NULL;
  g_autoptr (BatonRow) found = NULL;
  g_autoptr (BatonRow) card = NULL;

  if (board_name != NULL && board == NULL)
    return FALSE;
  found = ctl_find_card (ctl, board != NULL ? board->id : NULL, args[0], error);
  if (found == NULL)
    return FALSE;
  /* What was found by its title was read without its long texts. */
  card = baton_reader_row (ctl->reader, BATON_ENTITY_CARD, found->id);
  if (ctl->json)
    show_json (ctl, card);
  else
    show_words (ctl, card);
  return TRUE;
}

const CtlCommand ctl_card_commands[] = {
  { "card list", "", N_ ("List cards"), 0, 0, CTL_NEEDS_READING, list_options, run_list },
  { "card show", N_ ("CARD"), N_ ("Show all of a card"), 1, 1, CTL_NEEDS_READING, show_options, run_show },
  { NULL },
};
