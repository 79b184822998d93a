/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "trello.h"

#include "timestamp.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LARGEST_SET 500

static void
set_text (BatonValue *value, const char *text)
{
  baton_value_clear (value);
  if (text != NULL && *text != '\0')
    *value = baton_value_text (text);
}

/* A card's own time of creation is in its id; what an action says comes later and goes before. */
static gint64
born (const char *key, gint64 fallback)
{
  gint64 at = trello_id_time (key);

  return at != 0 ? at : fallback;
}

static void
add_once (Trello *trello, GPtrArray *set, gpointer thing)
{
  if (thing == NULL || g_ptr_array_find (set, thing, NULL))
    return;
  if (set->len < LARGEST_SET)
    g_ptr_array_add (set, thing);
  else
    trello->notes[NOTE_SET_FULL]++;
}

static void
read_members (Trello *trello, TrelloCard *card)
{
  json_t *members = trello_array (trello, card->json, "idMembers");
  json_t *id;
  size_t i;

  json_array_foreach (members, i, id)
    {
      const char *key = json_string_value (id);
      TrelloPerson *person = NULL;

      if (key != NULL && *key != '\0' && strlen (key) < 200)
        person = trello_person (trello, key, NULL);
      if (person == NULL)
        trello->notes[NOTE_SHAPE]++;
      add_once (trello, card->members, person);
    }
}

static void
read_card_labels (Trello *trello, TrelloCard *card)
{
  json_t *labels = trello_array (trello, card->json, "labels");
  json_t *ids = trello_array (trello, card->json, "idLabels");
  json_t *about;
  size_t i;

  json_array_foreach (labels, i, about)
    {
      const char *id = trello_key (trello, about, "id");
      const char *color = trello_text (trello, about, "color");
      g_autofree char *old = NULL;
      TrelloLabel *label = trello_find (trello, BATON_ENTITY_LABEL, id);

      if (label == NULL)
        {
          const char *name = color != NULL ? color : trello_text (trello, about, "name");

          old = g_strdup_printf ("%s:label:%.32s", trello->board.base.key, name != NULL ? name : "");
          label = trello_find (trello, BATON_ENTITY_LABEL, old);
        }
      add_once (trello, card->labels, label);
    }
  json_array_foreach (ids, i, about)
    add_once (trello, card->labels, trello_find (trello, BATON_ENTITY_LABEL, json_string_value (about)));
}

/* Only addresses that are safe to follow become links. */
static gboolean
is_safe_url (const char *url)
{
  g_autofree char *scheme = url != NULL ? g_uri_parse_scheme (url) : NULL;

  return scheme != NULL &&
         (g_ascii_strcasecmp (scheme, "http") == 0 || g_ascii_strcasecmp (scheme, "https") == 0 ||
             g_ascii_strcasecmp (scheme, "mailto") == 0);
}

static void
read_attachment (Trello *trello, TrelloCard *card, json_t *about, GString *notes)
{
  const char *key = trello_key (trello, about, "id");
  const char *url = trello_text (trello, about, "url");
  const char *name = trello_text (trello, about, "name");
  gint64 at = trello_time (trello, about, "date");
  TrelloLink *link;

  if (baton_exchange_is_blank (url) || !is_safe_url (url) || strlen (url) > 100000)
    {
      g_string_append_printf (notes, "%s%s%s%s", notes->len > 0 ? "\n" : "", name != NULL ? name : "",
          name != NULL && url != NULL ? ": " : "", url != NULL ? url : "");
      trello->notes[NOTE_ODD_LINK]++;
      return;
    }
  trello->notes[NOTE_UPLOAD] += trello_bool (about, "isUpload");
  if (trello_find (trello, BATON_ENTITY_LINK, key) != NULL)
    {
      trello->notes[NOTE_DUPLICATE]++;
      return;
    }
  link = trello_new_thing (trello, sizeof *link, BATON_ENTITY_LINK, key, at != 0 ? at : born (key, 0));
  link->card = card;
  link->url = url;
  link->title = trello_clip (trello, BATON_LINK_TITLE, name);
  link->person = trello_person (trello, trello_key (trello, about, "idMember"), NULL);
  g_ptr_array_add (trello->links, link);
}

static void
read_attachments (Trello *trello, TrelloCard *card)
{
  json_t *attachments = trello_array (trello, card->json, "attachments");
  g_autoptr (GString) notes = g_string_new (NULL);
  json_t *about;
  size_t i;

  json_array_foreach (attachments, i, about)
    {
      if (json_is_object (about))
        read_attachment (trello, card, about, notes);
      else
        trello->notes[NOTE_SHAPE]++;
    }
  if (notes->len > 0)
    set_text (&card->values[CARD_NOTES], trello_clip (trello, BATON_CARD_NOTES, notes->str));
}

static const char *
option_text (Trello *trello, TrelloField *field, json_t *item)
{
  const char *wanted = trello_key (trello, item, "idValue");
  json_t *option;
  size_t i;

  json_array_foreach (field->options, i, option)
    {
      if (wanted != NULL && g_strcmp0 (trello_key (trello, option, "id"), wanted) == 0)
        return trello_text (trello, trello_object (option, "value"), "text");
    }
  return NULL;
}

/* Text, number, date, check box, or one of a list of options. */
static const char *
custom_text (Trello *trello, TrelloField *field, json_t *item)
{
  json_t *value = trello_object (item, "value");
  const char *checked = trello_text (trello, value, "checked");
  json_t *number = json_object_get (value, "number");

  if (json_object_get (value, "text") != NULL)
    return trello_text (trello, value, "text");
  if (json_is_number (number))
    {
      char buffer[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_dtostr (buffer, sizeof buffer, json_number_value (number));
      return g_string_chunk_insert (trello->texts, buffer);
    }
  if (number != NULL)
    return trello_text (trello, value, "number");
  if (json_object_get (value, "date") != NULL)
    return trello_text (trello, value, "date");
  if (checked != NULL)
    return g_str_equal (checked, "true") ? _ ("yes") : _ ("no");
  return option_text (trello, field, item);
}

static void
add_value (Trello *trello, TrelloCard *card, TrelloField *field, const char *text, const char *key)
{
  TrelloValue *value;

  if (field == NULL || text == NULL || *text == '\0')
    return;
  value = trello_new_thing (trello, sizeof *value, BATON_ENTITY_CUSTOM_VALUE, key, born (key, 0));
  value->card = card;
  value->field = field;
  value->text = trello_clip (trello, BATON_CUSTOM_VALUE_TEXT, text);
  field->base.needed = TRUE;
  g_ptr_array_add (trello->values, value);
}

static void
read_custom_values (Trello *trello, TrelloCard *card)
{
  json_t *items = trello_array (trello, card->json, "customFieldItems");
  const char *start = trello_text (trello, card->json, "start");
  json_t *item;
  size_t i;

  json_array_foreach (items, i, item)
    {
      TrelloField *field =
          trello_find (trello, BATON_ENTITY_CUSTOM_FIELD, trello_key (trello, item, "idCustomField"));

      if (field == NULL)
        trello->notes[NOTE_SHAPE]++;
      else
        add_value (trello, card, field, custom_text (trello, field, item), trello_key (trello, item, "id"));
    }
  if (start != NULL && *start != '\0')
    add_value (trello, card, trello_own_field (trello, _ ("Start"), "start"), start, NULL);
  if (trello_bool (card->json, "dueComplete"))
    add_value (trello, card, trello_own_field (trello, _ ("Due date met"), "dueComplete"), _ ("yes"), NULL);
}

static void
note_what_stays_behind (Trello *trello, TrelloCard *card)
{
  json_t *cover = trello_object (card->json, "cover");
  json_t *badges = trello_object (card->json, "badges");

  trello->notes[NOTE_COVER] += json_is_string (json_object_get (card->json, "idAttachmentCover")) ||
                               json_is_string (json_object_get (cover, "color"));
  trello->notes[NOTE_STICKER] += (gint64) json_array_size (json_object_get (card->json, "stickers"));
  trello->notes[NOTE_VOTE] += (gint64) json_array_size (json_object_get (card->json, "idMembersVoted"));
  trello->notes[NOTE_PLUGIN] += (gint64) json_array_size (json_object_get (card->json, "pluginData"));
  trello->notes[NOTE_LOCATION] += json_is_object (json_object_get (card->json, "coordinates")) ||
                                  json_is_string (json_object_get (card->json, "locationName"));
  card->comments_told = (guint) CLAMP (trello_number (badges, "comments", 0), 0, 1e9);
}

static TrelloCard *
new_card (Trello *trello, json_t *about, const char *key)
{
  TrelloCard *card = trello_new_thing (trello, sizeof *card, BATON_ENTITY_CARD, key, born (key, G_MAXINT64));

  card->json = about;
  card->index = trello->cards->len;
  card->last_entry = -1;
  card->members = g_ptr_array_new ();
  card->now_members = g_ptr_array_new ();
  card->members_seen = g_ptr_array_new ();
  card->labels = g_ptr_array_new ();
  card->now_labels = g_ptr_array_new ();
  card->labels_seen = g_ptr_array_new ();
  card->checklists = g_ptr_array_new ();
  g_ptr_array_add (trello->cards, card);
  return card;
}

static void
read_card (Trello *trello, json_t *about)
{
  const char *key = trello_key (trello, about, "id");
  TrelloCard *card;
  gint64 due;

  if (!json_is_object (about) || trello_find (trello, BATON_ENTITY_CARD, key) != NULL)
    {
      trello->notes[json_is_object (about) ? NOTE_DUPLICATE : NOTE_SHAPE]++;
      return;
    }
  card = new_card (trello, about, key);
  card->list = trello_find (trello, BATON_ENTITY_STAGE, trello_key (trello, about, "idList"));
  if (card->list == NULL)
    {
      card->list = trello->lost;
      trello->notes[NOTE_LOST_CARD]++;
    }
  card->pos = trello_number (about, "pos", G_MAXDOUBLE);
  card->closed = trello_bool (about, "closed");
  card->activity = trello_time (trello, about, "dateLastActivity");
  set_text (
      &card->values[CARD_TITLE], trello_name (trello, BATON_CARD_TITLE, trello_text (trello, about, "name")));
  set_text (
      &card->values[CARD_BRIEF], trello_clip (trello, BATON_CARD_BRIEF, trello_text (trello, about, "desc")));
  due = trello_time (trello, about, "due");
  if (due != 0)
    card->values[CARD_DUE] = baton_value_int (due);
  if (trello_bool (about, "isTemplate"))
    {
      card->values[CARD_TEMPLATE] = baton_value_int (1);
      trello->notes[NOTE_TEMPLATE]++;
    }
  read_members (trello, card);
  read_card_labels (trello, card);
  read_attachments (trello, card);
  read_custom_values (trello, card);
  note_what_stays_behind (trello, card);
}

static int
compare_cards (const void *a, const void *b)
{
  const TrelloCard *card_a = *(TrelloCard *const *) a;
  const TrelloCard *card_b = *(TrelloCard *const *) b;

  if (card_a->list != card_b->list)
    return card_a->list->order < card_b->list->order ? -1 : 1;
  if (card_a->pos != card_b->pos)
    return card_a->pos < card_b->pos ? -1 : 1;
  return card_a->index < card_b->index ? -1 : 1;
}

static int
compare_items (const void *a, const void *b)
{
  const TrelloItem *item_a = *(TrelloItem *const *) a;
  const TrelloItem *item_b = *(TrelloItem *const *) b;

  return item_a->pos < item_b->pos ? -1 : item_a->pos > item_b->pos;
}

static void
read_items (Trello *trello, TrelloChecklist *checklist, json_t *about)
{
  json_t *items = trello_array (trello, about, "checkItems");
  json_t *value;
  size_t i;

  json_array_foreach (items, i, value)
    {
      const char *key = trello_key (trello, value, "id");
      TrelloItem *item;

      if (!json_is_object (value) || trello_find (trello, BATON_ENTITY_ITEM, key) != NULL)
        {
          trello->notes[json_is_object (value) ? NOTE_DUPLICATE : NOTE_SHAPE]++;
          continue;
        }
      item = trello_new_thing (trello, sizeof *item, BATON_ENTITY_ITEM, key, born (key, 0));
      item->checklist = checklist;
      item->name = trello_name (trello, BATON_ITEM_TEXT, trello_text (trello, value, "name"));
      item->pos = trello_number (value, "pos", G_MAXDOUBLE);
      item->done = g_strcmp0 (trello_text (trello, value, "state"), "complete") == 0;
      trello->notes[NOTE_ITEM_DUE] += json_is_string (json_object_get (value, "due"));
      trello->notes[NOTE_ITEM_MEMBER] += json_is_string (json_object_get (value, "idMember"));
      g_ptr_array_add (checklist->items, item);
    }
  g_ptr_array_sort (checklist->items, compare_items);
}

static void
read_checklist (Trello *trello, TrelloCard *card, json_t *about)
{
  const char *key = trello_key (trello, about, "id");
  TrelloChecklist *checklist;

  if (card == NULL)
    card = trello_find (trello, BATON_ENTITY_CARD, trello_key (trello, about, "idCard"));
  if (card == NULL)
    {
      trello->notes[NOTE_LOST_CHECKLIST]++;
      return;
    }
  /* Some exports have it on the card and on the board. */
  if (trello_find (trello, BATON_ENTITY_CHECKLIST, key) != NULL)
    return;
  checklist = trello_new_thing (trello, sizeof *checklist, BATON_ENTITY_CHECKLIST, key, born (key, 0));
  checklist->card = card;
  checklist->name = trello_clip (trello, BATON_CHECKLIST_TITLE, trello_text (trello, about, "name"));
  checklist->pos = trello_number (about, "pos", G_MAXDOUBLE);
  checklist->items = g_ptr_array_new ();
  g_ptr_array_add (card->checklists, checklist);
  read_items (trello, checklist, about);
}

/* Old exports keep what is ticked on the card. */
static void
read_ticks (Trello *trello, TrelloCard *card)
{
  json_t *states = trello_array (trello, card->json, "checkItemStates");
  json_t *state;
  size_t i;

  json_array_foreach (states, i, state)
    {
      TrelloItem *item = trello_find (trello, BATON_ENTITY_ITEM, trello_key (trello, state, "idCheckItem"));

      if (item != NULL && g_strcmp0 (trello_text (trello, state, "state"), "complete") == 0)
        item->done = TRUE;
    }
}

static int
compare_checklists (const void *a, const void *b)
{
  const TrelloChecklist *list_a = *(TrelloChecklist *const *) a;
  const TrelloChecklist *list_b = *(TrelloChecklist *const *) b;

  return list_a->pos < list_b->pos ? -1 : list_a->pos > list_b->pos;
}

static void
read_checklists (Trello *trello)
{
  json_t *checklists = trello_array (trello, trello->root, "checklists");
  json_t *about;
  size_t i;

  json_array_foreach (checklists, i, about)
    {
      if (json_is_object (about))
        read_checklist (trello, NULL, about);
      else
        trello->notes[NOTE_SHAPE]++;
    }
  for (guint j = 0; j < trello->cards->len; j++)
    {
      TrelloCard *card = g_ptr_array_index (trello->cards, j);

      json_array_foreach (json_object_get (card->json, "checklists"), i, about)
        {
          if (json_is_object (about))
            read_checklist (trello, card, about);
        }
      read_ticks (trello, card);
      g_ptr_array_sort (card->checklists, compare_checklists);
    }
}

void
trello_read_cards (Trello *trello)
{
  json_t *cards = trello_array (trello, trello->root, "cards");
  json_t *about;
  size_t i;

  json_array_foreach (cards, i, about)
    read_card (trello, about);
  g_ptr_array_sort (trello->cards, compare_cards);
  for (guint j = 0; j < trello->cards->len; j++)
    {
      TrelloCard *card = g_ptr_array_index (trello->cards, j);

      card->order = card->list->cards->len;
      g_ptr_array_add (card->list->cards, card);
    }
  read_checklists (trello);
  trello->notes[NOTE_PLUGIN] += (gint64) json_array_size (json_object_get (trello->root, "pluginData"));
  trello->notes[NOTE_PLUGIN] += (gint64) json_array_size (json_object_get (trello->root, "powerUps"));
}
