/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "presence.h"

#include "wire.h"

#include <string.h>

struct _BatonPresence
{
  GObject parent_instance;

  GHashTable *cards; /* id → GPtrArray of persons' ids */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonPresence, baton_presence, G_TYPE_OBJECT)

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}

static void
baton_presence_finalize (GObject *object)
{
  g_hash_table_unref (BATON_PRESENCE (object)->cards);
  G_OBJECT_CLASS (baton_presence_parent_class)->finalize (object);
}

static void
baton_presence_class_init (BatonPresenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_presence_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
baton_presence_init (BatonPresence *self)
{
  self->cards = new_table ();
}

BatonPresence *
baton_presence_new (void)
{
  return g_object_new (BATON_TYPE_PRESENCE, NULL);
}

static void
add (GHashTable *cards, const char *card, const char *person)
{
  GPtrArray *people = g_hash_table_lookup (cards, card);

  if (people == NULL)
    {
      people = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (cards, g_strdup (card), people);
    }
  if (!g_ptr_array_find_with_equal_func (people, person, g_str_equal, NULL))
    g_ptr_array_add (people, g_strdup (person));
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GHashTable *
read_message (const char *message, const char *me)
{
  g_autoptr (json_t) root = message != NULL ? baton_wire_parse (message, strlen (message)) : NULL;
  GHashTable *cards = new_table ();
  GHashTableIter iter;
  gpointer people;
  json_t *one;
  size_t i;

  json_array_foreach (json_object_get (root, "people"), i, one)
    {
      const char *person = json_is_object (one) ? baton_wire_text (one, "person") : NULL;
      const char *card = person != NULL ? baton_wire_text (one, "card") : NULL;

      if (card != NULL && g_strcmp0 (person, me) != 0)
        add (cards, card, person);
    }
  g_hash_table_iter_init (&iter, cards);
  while (g_hash_table_iter_next (&iter, NULL, &people))
    g_ptr_array_sort (people, compare_cb);
  return cards;
}

static gboolean
same_people (GPtrArray *a, GPtrArray *b)
{
  if (a == NULL || b == NULL || a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      if (!g_str_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
        return FALSE;
    }
  return TRUE;
}

/* Cards of `one` whose people are others in `other`. */
static void
add_changed (GPtrArray *changed, GHashTable *one, GHashTable *other)
{
  GHashTableIter iter;
  gpointer card, people;

  g_hash_table_iter_init (&iter, one);
  while (g_hash_table_iter_next (&iter, &card, &people))
    {
      if (!same_people (people, g_hash_table_lookup (other, card)) &&
          !g_ptr_array_find_with_equal_func (changed, card, g_str_equal, NULL))
        g_ptr_array_add (changed, g_strdup (card));
    }
}

void
baton_presence_take (BatonPresence *self, const char *message, const char *me)
{
  g_autoptr (GHashTable) before = NULL;
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_free);

  g_return_if_fail (BATON_IS_PRESENCE (self));
  before = g_steal_pointer (&self->cards);
  self->cards = read_message (message, me);
  add_changed (changed, before, self->cards);
  add_changed (changed, self->cards, before);
  for (guint i = 0; i < changed->len; i++)
    g_signal_emit (self, signals[CHANGED], 0, g_ptr_array_index (changed, i));
}

GPtrArray *
baton_presence_on (BatonPresence *self, const char *card)
{
  g_return_val_if_fail (BATON_IS_PRESENCE (self), NULL);
  return card != NULL ? g_hash_table_lookup (self->cards, card) : NULL;
}

gboolean
baton_presence_where (const char *message, const char *device, char **board, char **card)
{
  g_autoptr (json_t) root = baton_wire_parse (message, strlen (message));
  json_t *one;
  size_t i;

  *board = *card = NULL;
  json_array_foreach (json_object_get (root, "people"), i, one)
    {
      if (!json_is_object (one) || g_strcmp0 (baton_wire_text (one, "device"), device) != 0)
        continue;
      *board = g_strdup (baton_wire_text (one, "board"));
      *card = g_strdup (baton_wire_text (one, "card"));
      return TRUE;
    }
  return FALSE;
}
