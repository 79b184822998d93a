/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "trello-maker.h"

#define START 1420070400 /* 2015-01-01 */

typedef struct
{
  GRand *rand;
  const TrelloSize *size;
  json_t *root, *lists, *cards, *actions, *checklists;
  guint32 clock; /* seconds */
  guint serial;
} Maker;

static char *
make_id (Maker *maker)
{
  return g_strdup_printf ("%08x%016x", maker->clock, ++maker->serial);
}

static char *
clock_text (Maker *maker)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (maker->clock);

  return g_date_time_format (time, "%Y-%m-%dT%H:%M:%S.000Z");
}

static json_t *
any (Maker *maker, json_t *array)
{
  return json_array_get (array, (size_t) g_rand_int_range (maker->rand, 0, (gint32) json_array_size (array)));
}

static const char *
id_of (json_t *object)
{
  return json_string_value (json_object_get (object, "id"));
}

/* The newest action is the first of the file. Takes data. */
static void
act (Maker *maker, const char *type, json_t *data)
{
  g_autofree char *id = make_id (maker);
  g_autofree char *date = clock_text (maker);
  json_t *member = any (maker, json_object_get (maker->root, "members"));

  json_array_append_new (maker->actions,
      json_pack ("{s:s,s:s,s:s,s:s,s:o,s:{s:s,s:s}}", "id", id, "idMemberCreator", id_of (member), "type",
          type, "date", date, "data", data, "memberCreator", "id", id_of (member), "fullName", "Somebody"));
  maker->clock += (guint32) g_rand_int_range (maker->rand, 0, 400);
}

static json_t *
about_card (json_t *card)
{
  return json_pack (
      "{s:s,s:s}", "id", id_of (card), "name", json_string_value (json_object_get (card, "name")));
}

static void
add_card (Maker *maker)
{
  g_autofree char *id = make_id (maker);
  g_autofree char *name = g_strdup_printf ("Card %u “ü” 画像", maker->serial);
  json_t *list = any (maker, maker->lists);
  json_t *card = json_pack ("{s:s,s:s,s:s,s:s,s:f,s:b,s:n,s:[],s:[]}", "id", id, "name", name, "desc", "",
      "idList", id_of (list), "pos", g_rand_double_range (maker->rand, 1, 1e6), "closed", 0, "due",
      "idMembers", "idLabels");

  json_array_append_new (maker->cards, card);
  if (g_rand_int_range (maker->rand, 0, 10) > 0)
    act (maker, "createCard",
        json_pack ("{s:o,s:{s:s}}", "card", about_card (card), "list", "id", id_of (list)));
}

static void
move_card (Maker *maker, json_t *card)
{
  json_t *to = any (maker, maker->lists);
  g_autofree char *from = g_strdup (json_string_value (json_object_get (card, "idList")));

  if (g_str_equal (from, id_of (to)))
    return;
  json_object_set_new (card, "idList", json_string (id_of (to)));
  json_object_set_new (card, "pos", json_real (g_rand_double_range (maker->rand, 1, 1e6)));
  act (maker, "updateCard",
      json_pack ("{s:o,s:{s:s},s:{s:s},s:{s:s}}", "card", about_card (card), "old", "idList", from,
          "listBefore", "id", from, "listAfter", "id", id_of (to)));
}

static void
change_card (Maker *maker, json_t *card, const char *key, json_t *value)
{
  json_t *about = about_card (card);

  json_object_set (about, key, value);
  act (maker, "updateCard",
      json_pack ("{s:o,s:{s:O}}", "card", about, "old", key, json_object_get (card, key)));
  json_object_set_new (card, key, value);
}

static void
toggle_member (Maker *maker, json_t *card)
{
  json_t *member = any (maker, json_object_get (maker->root, "members"));
  json_t *ids = json_object_get (card, "idMembers");
  json_t *id;
  size_t i;
  gboolean on = TRUE;

  json_array_foreach (ids, i, id)
    {
      if (g_strcmp0 (json_string_value (id), id_of (member)) != 0)
        continue;
      json_array_remove (ids, i);
      on = FALSE;
      break;
    }
  if (on)
    json_array_append_new (ids, json_string (id_of (member)));
  act (maker, on ? "addMemberToCard" : "removeMemberFromCard",
      json_pack ("{s:o,s:s}", "card", about_card (card), "idMember", id_of (member)));
}

static void
add_checklist (Maker *maker, json_t *card)
{
  g_autofree char *id = make_id (maker);
  json_t *items = json_array ();
  json_t *checklist = json_pack ("{s:s,s:s,s:s,s:f,s:o}", "id", id, "name", "Checklist", "idCard",
      id_of (card), "pos", g_rand_double_range (maker->rand, 1, 1e6), "checkItems", items);

  for (int i = g_rand_int_range (maker->rand, 0, 5); i > 0; i--)
    {
      g_autofree char *item = make_id (maker);

      json_array_append_new (items, json_pack ("{s:s,s:s,s:f,s:s}", "id", item, "name", "Item", "pos",
                                        g_rand_double_range (maker->rand, 1, 1e6), "state", "incomplete"));
      maker->clock += (guint32) g_rand_int_range (maker->rand, 0, 3);
    }
  json_array_append_new (maker->checklists, checklist);
}

static void
toggle_item (Maker *maker)
{
  json_t *checklist = json_array_size (maker->checklists) > 0 ? any (maker, maker->checklists) : NULL;
  json_t *items = json_object_get (checklist, "checkItems");
  json_t *item = json_array_size (items) > 0 ? any (maker, items) : NULL;
  gboolean on;

  if (item == NULL)
    return;
  on = g_strcmp0 (json_string_value (json_object_get (item, "state")), "complete") != 0;
  json_object_set_new (item, "state", json_string (on ? "complete" : "incomplete"));
  act (maker, "updateCheckItemStateOnCard",
      json_pack ("{s:{s:O},s:{s:s,s:s}}", "card", "id", json_object_get (checklist, "idCard"), "checkItem",
          "id", id_of (item), "state", on ? "complete" : "incomplete"));
}

static void
do_something (Maker *maker)
{
  json_t *card = any (maker, maker->cards);
  int what = g_rand_int_range (maker->rand, 0, 100);
  g_autofree char *text = g_strdup_printf ("Text %u", maker->serial);
  g_autofree char *date = clock_text (maker);

  if (what < 45)
    move_card (maker, card);
  else if (what < 55)
    change_card (maker, card, "name", json_string (text));
  else if (what < 62)
    change_card (maker, card, "desc", json_string (text));
  else if (what < 67)
    change_card (maker, card, "due", g_rand_boolean (maker->rand) ? json_string (date) : json_null ());
  else if (what < 70)
    change_card (maker, card, "closed", json_boolean (!json_is_true (json_object_get (card, "closed"))));
  else if (what < 78)
    toggle_member (maker, card);
  else if (what < 88)
    act (maker, "commentCard", json_pack ("{s:o,s:s}", "card", about_card (card), "text", text));
  else if (what < 91)
    add_checklist (maker, card);
  else
    toggle_item (maker);
}

static void
make_people_and_lists (Maker *maker)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *id = make_id (maker);
      g_autofree char *name = g_strdup_printf ("Member %u", i);

      json_array_append_new (
          json_object_get (maker->root, "members"), json_pack ("{s:s,s:s}", "id", id, "fullName", name));
    }
  for (guint i = 0; i < maker->size->lists; i++)
    {
      g_autofree char *id = make_id (maker);
      g_autofree char *name = g_strdup_printf ("List %u", i);

      json_array_append_new (maker->lists, json_pack ("{s:s,s:s,s:f,s:b}", "id", id, "name", name, "pos",
                                               g_rand_double_range (maker->rand, 1, 1e6), "closed",
                                               g_rand_int_range (maker->rand, 0, 8) == 0));
    }
}

static void
newest_first (Maker *maker)
{
  json_t *turned = json_array ();

  for (size_t i = json_array_size (maker->actions); i > 0; i--)
    json_array_append (turned, json_array_get (maker->actions, i - 1));
  json_object_set_new (maker->root, "actions", turned);
  json_decref (maker->actions);
}

json_t *
make_trello (GRand *rand, const TrelloSize *size)
{
  Maker maker = { .rand = rand, .size = size, .clock = START };
  g_autofree char *id = make_id (&maker);
  g_autofree char *last = NULL;

  maker.lists = json_array ();
  maker.cards = json_array ();
  maker.checklists = json_array ();
  maker.actions = json_array ();
  maker.root = json_pack ("{s:s,s:s,s:s,s:b,s:[],s:o,s:o,s:o,s:[]}", "id", id, "name", "Generated", "desc",
      "", "closed", 0, "members", "lists", maker.lists, "cards", maker.cards, "checklists", maker.checklists,
      "labels");
  make_people_and_lists (&maker);
  for (guint i = 0; i < size->cards; i++)
    {
      add_card (&maker);
      for (guint j = 0; j < size->actions / size->cards; j++)
        do_something (&maker);
    }
  last = clock_text (&maker);
  json_object_set_new (maker.root, "dateLastActivity", json_string (last));
  newest_first (&maker);
  return maker.root;
}
