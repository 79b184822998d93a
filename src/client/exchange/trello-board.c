/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "trello.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gpointer
trello_new_thing (Trello *trello, gsize size, BatonEntity entity, const char *key, gint64 at)
{
  Thing *thing = g_malloc0 (size);

  thing->entity = entity;
  thing->key = key;
  thing->at = at;
  baton_exchange_make_id (thing->id);
  g_ptr_array_add (trello->owned, thing);
  /* Whoever came first keeps the id; callers look before they make another. */
  if (key != NULL && entity != BATON_ENTITY_PERSON && !g_hash_table_contains (trello->things, key))
    g_hash_table_insert (trello->things, (char *) key, thing);
  return thing;
}

gpointer
trello_find (Trello *trello, BatonEntity entity, const char *key)
{
  Thing *thing = key != NULL ? g_hash_table_lookup (trello->things, key) : NULL;

  return thing != NULL && thing->entity == entity ? thing : NULL;
}

/* Something of that moment refers to the thing, so it must have been there. */
void
trello_need (gpointer thing, gint64 at)
{
  Thing *base = thing;

  if (base == NULL)
    return;
  base->needed = TRUE;
  base->first = base->first == 0 ? at : MIN (base->first, at);
  if (at < base->at)
    base->at = at;
}

static const char *
person_name (Trello *trello, json_t *about)
{
  const char *name = trello_text (trello, about, "fullName");

  if (baton_exchange_is_blank (name))
    name = trello_text (trello, about, "username");
  return baton_exchange_is_blank (name) ? NULL : trello_clip (trello, BATON_PERSON_NAME, name);
}

/* People are known from the board's members, from what they did, or only as an id on a card. */
TrelloPerson *
trello_person (Trello *trello, const char *key, json_t *about)
{
  TrelloPerson *person;

  if (key == NULL)
    return NULL;
  person = g_hash_table_lookup (trello->persons, key);
  if (person == NULL)
    {
      person = trello_new_thing (trello, sizeof *person, BATON_ENTITY_PERSON, key, G_MAXINT64);
      g_hash_table_insert (trello->persons, (char *) key, person);
      g_ptr_array_add (trello->people, person);
    }
  if (person->name == NULL && about != NULL)
    person->name = person_name (trello, about);
  return person;
}

TrelloPerson *
trello_person_of (Trello *trello, json_t *action)
{
  json_t *about = trello_object (action, "memberCreator");
  const char *key = trello_key (trello, about, "id");

  return trello_person (trello, key != NULL ? key : trello_key (trello, action, "idMemberCreator"), about);
}

static void
read_people (Trello *trello)
{
  json_t *members = trello_array (trello, trello->root, "members");
  json_t *about;
  size_t i;

  json_array_foreach (members, i, about)
    {
      TrelloPerson *person = trello_person (trello, trello_key (trello, about, "id"), about);

      if (person != NULL)
        person->base.needed = TRUE;
    }
}

/* Trello's colours, as they look there. */
static const char *
color_value (const char *name)
{
  static const char *const colors[][2] = { { "green", "#61bd4f" }, { "yellow", "#f2d600" },
    { "orange", "#ff9f1a" }, { "red", "#eb5a46" }, { "purple", "#c377e0" }, { "blue", "#0079bf" },
    { "sky", "#00c2e0" }, { "lime", "#51e898" }, { "pink", "#ff78cb" }, { "black", "#344563" } };

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (colors); i++)
    {
      if (g_str_has_prefix (name, colors[i][0]))
        return colors[i][1];
    }
  return NULL;
}

static TrelloLabel *
new_label (Trello *trello, const char *key, const char *name, const char *color)
{
  TrelloLabel *label = trello_new_thing (trello, sizeof *label, BATON_ENTITY_LABEL, key, G_MAXINT64);

  if (baton_exchange_is_blank (name))
    name = color;
  if (baton_exchange_is_blank (name))
    name = _ ("Label");
  label->name = trello_clip (trello, BATON_LABEL_NAME, name);
  label->color = color_value (color);
  label->base.needed = TRUE;
  g_ptr_array_add (trello->labels, label);
  return label;
}

/* Old boards have no list of labels, only a name for each colour; cards then carry the colour. */
static void
read_old_labels (Trello *trello)
{
  json_t *names = trello_object (trello->root, "labelNames");
  const char *color;
  json_t *value;

  json_object_foreach (names, color, value)
    {
      const char *name = trello_text (trello, names, color);
      g_autofree char *key = g_strdup_printf ("%s:label:%.32s", trello->board.base.key, color);

      if (!baton_exchange_is_blank (name))
        new_label (trello, g_string_chunk_insert (trello->texts, key), name, color);
    }
}

static TrelloLabel *
label_of (Trello *trello, json_t *about)
{
  const char *id = trello_key (trello, about, "id");
  const char *color = trello_text (trello, about, "color");
  const char *name = trello_text (trello, about, "name");
  TrelloLabel *label = trello_find (trello, BATON_ENTITY_LABEL, id);
  g_autofree char *old = NULL;

  if (label != NULL)
    return label;
  if (color == NULL && id == NULL && name == NULL)
    return NULL;
  old = g_strdup_printf ("%s:label:%.32s", trello->board.base.key,
      color != NULL  ? color
      : name != NULL ? name
                     : "");
  label = trello_find (trello, BATON_ENTITY_LABEL, old);
  if (label == NULL)
    return new_label (trello, id != NULL ? id : g_string_chunk_insert (trello->texts, old), name, color);
  /* The colour's label turns out to have an id of its own. */
  if (id != NULL && !g_hash_table_contains (trello->things, id))
    {
      g_hash_table_insert (trello->things, (char *) id, label);
      label->base.key = id;
    }
  return label;
}

static void
read_labels (Trello *trello)
{
  json_t *labels = trello_array (trello, trello->root, "labels");
  json_t *cards = trello_array (trello, trello->root, "cards");
  json_t *about, *card;
  size_t i, j;

  json_array_foreach (labels, i, about)
    {
      const char *key = trello_key (trello, about, "id");

      if (trello_find (trello, BATON_ENTITY_LABEL, key) != NULL)
        trello->notes[NOTE_DUPLICATE]++;
      else if (json_is_object (about))
        new_label (trello, key, trello_text (trello, about, "name"), trello_text (trello, about, "color"));
    }
  if (labels == NULL)
    read_old_labels (trello);
  json_array_foreach (cards, i, card)
    {
      json_array_foreach (json_object_get (card, "labels"), j, about)
        label_of (trello, about);
    }
}

static int
compare_lists (const void *a, const void *b)
{
  const TrelloList *list_a = *(TrelloList *const *) a;
  const TrelloList *list_b = *(TrelloList *const *) b;

  if (list_a->pos != list_b->pos)
    return list_a->pos < list_b->pos ? -1 : 1;
  return list_a->order < list_b->order ? -1 : 1;
}

static TrelloList *
new_list (Trello *trello, const char *key, const char *name, double pos)
{
  TrelloList *list = trello_new_thing (trello, sizeof *list, BATON_ENTITY_STAGE, key, trello_id_time (key));

  if (list->base.at == 0)
    list->base.at = G_MAXINT64;
  list->name = name;
  list->pos = pos;
  list->order = trello->lists->len;
  list->cards = g_ptr_array_new ();
  list->base.needed = TRUE;
  g_ptr_array_add (trello->lists, list);
  return list;
}

static void
propose_kinds (Trello *trello)
{
  guint n = trello->lists->len;
  g_autofree const char **names = g_new (const char *, n + 1);
  g_autofree const char **kinds = g_new (const char *, n + 1);
  guint open = 0;

  for (guint i = 0; i < n; i++)
    {
      TrelloList *list = g_ptr_array_index (trello->lists, i);

      list->order = i;
      if (!list->closed)
        names[open++] = list->name;
    }
  baton_exchange_stage_kinds (names, open, kinds);
  open = 0;
  for (guint i = 0; i < n; i++)
    {
      TrelloList *list = g_ptr_array_index (trello->lists, i);
      const char *own = baton_exchange_stage_kind (list->name);

      list->kind = !list->closed ? kinds[open++] : own != NULL ? own : "queue";
    }
}

/* A board needs a stage, and every card needs one: of cards whose list the file does not have there is a list
 * at the end. */
static void
make_lost_list (Trello *trello)
{
  json_t *cards = json_object_get (trello->root, "cards");
  g_autofree char *key = g_strdup_printf ("%s:lost", trello->board.base.key);
  gboolean wanted = trello->lists->len == 0;
  json_t *card;
  size_t i;

  json_array_foreach (cards, i, card)
    {
      const char *list = json_string_value (json_object_get (card, "idList"));

      wanted = wanted || (json_is_object (card) && trello_find (trello, BATON_ENTITY_STAGE, list) == NULL);
    }
  if (!wanted)
    return;
  trello->notes[NOTE_NO_LISTS] += trello->lists->len == 0;
  trello->lost = new_list (trello, g_string_chunk_insert (trello->texts, key),
      trello->lists->len == 0 ? _ ("Cards") : _ ("Cards without a list"), G_MAXDOUBLE);
}

static void
read_lists (Trello *trello)
{
  json_t *lists = trello_array (trello, trello->root, "lists");
  json_t *about;
  size_t i;

  json_array_foreach (lists, i, about)
    {
      const char *key = trello_key (trello, about, "id");
      TrelloList *list;

      if (!json_is_object (about))
        {
          trello->notes[NOTE_SHAPE]++;
          continue;
        }
      if (trello_find (trello, BATON_ENTITY_STAGE, key) != NULL)
        {
          trello->notes[NOTE_DUPLICATE]++;
          continue;
        }
      list =
          new_list (trello, key, trello_name (trello, BATON_STAGE_NAME, trello_text (trello, about, "name")),
              trello_number (about, "pos", G_MAXDOUBLE / 2));
      list->closed = trello_bool (about, "closed");
    }
  make_lost_list (trello);
  g_ptr_array_sort (trello->lists, compare_lists);
  propose_kinds (trello);
}

static int
compare_fields (const void *a, const void *b)
{
  const TrelloField *field_a = *(TrelloField *const *) a;
  const TrelloField *field_b = *(TrelloField *const *) b;

  return field_a->pos < field_b->pos ? -1 : field_a->pos > field_b->pos;
}

static TrelloField *
new_field (Trello *trello, const char *key, const char *name)
{
  TrelloField *field = trello_new_thing (trello, sizeof *field, BATON_ENTITY_CUSTOM_FIELD, key, G_MAXINT64);

  field->name = trello_name (trello, BATON_CUSTOM_FIELD_NAME, name);
  g_ptr_array_add (trello->fields, field);
  return field;
}

static void
read_fields (Trello *trello)
{
  json_t *fields = trello_array (trello, trello->root, "customFields");
  json_t *about;
  size_t i;

  json_array_foreach (fields, i, about)
    {
      const char *key = trello_key (trello, about, "id");
      TrelloField *field;

      if (!json_is_object (about) || trello_find (trello, BATON_ENTITY_CUSTOM_FIELD, key) != NULL)
        {
          trello->notes[json_is_object (about) ? NOTE_DUPLICATE : NOTE_SHAPE]++;
          continue;
        }
      field = new_field (trello, key, trello_text (trello, about, "name"));
      field->options = trello_array (trello, about, "options");
      field->pos = trello_number (about, "pos", 0);
      field->base.needed = TRUE;
    }
  g_ptr_array_sort (trello->fields, compare_fields);
}

/* A field for what Trello has and Baton has no place of its own for. */
TrelloField *
trello_own_field (Trello *trello, const char *name, const char *key)
{
  g_autofree char *full = g_strdup_printf ("%s:%s", trello->board.base.key, key);
  TrelloField *field = trello_find (trello, BATON_ENTITY_CUSTOM_FIELD, full);

  return field != NULL ? field : new_field (trello, g_string_chunk_insert (trello->texts, full), name);
}

gboolean
trello_read_board (Trello *trello, GError **error)
{
  TrelloBoard *board = &trello->board;
  json_t *root = trello->root;
  const char *key;

  if (!json_is_object (root) ||
      (!json_is_array (json_object_get (root, "lists")) && !json_is_array (json_object_get (root, "cards"))))
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("This file has no lists and no cards, so it is not a board from Trello. Nothing was imported."));
      return FALSE;
    }
  key = trello_key (trello, root, "id");
  board->base.entity = BATON_ENTITY_BOARD;
  board->base.key = key != NULL ? key : "unknown";
  baton_exchange_make_id (board->base.id);
  board->base.at = trello_id_time (key) != 0 ? trello_id_time (key) : G_MAXINT64;
  board->name = trello_name (trello, BATON_BOARD_NAME, trello_text (trello, root, "name"));
  board->description = trello_clip (trello, BATON_BOARD_DESCRIPTION, trello_text (trello, root, "desc"));
  if (board->description != NULL && *board->description == '\0')
    board->description = NULL;
  board->closed = trello_bool (root, "closed");
  board->activity = trello_time (trello, root, "dateLastActivity");
  read_people (trello);
  board->base.by = trello_person (trello, trello_key (trello, root, "idMemberCreator"), NULL);
  read_lists (trello);
  read_labels (trello);
  read_fields (trello);
  return TRUE;
}
