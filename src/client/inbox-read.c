/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "inbox.h"

#include "attention-words.h"
#include "review-queue.h"

#include <glib/gi18n-lib.h>

void
baton_inbox_entry_free (BatonInboxEntry *entry)
{
  g_free (entry->id);
  g_free (entry->card);
  g_free (entry->title);
  g_free (entry->person);
  g_free (entry->text);
  g_free (entry->review);
  g_free (entry->sentence);
  g_free (entry);
}

/* Of a card that is in use; NULL when it is not. */
static BatonInboxEntry *
entry_on (BatonReader *reader, BatonInboxKind kind, const char *id, const char *card)
{
  g_autoptr (BatonRow) row = card != NULL ? baton_reader_row (reader, BATON_ENTITY_CARD, card) : NULL;
  BatonInboxEntry *entry;

  if (row == NULL || baton_row_int (row, BATON_CARD_REMOVED) != 0 ||
      baton_row_int (row, BATON_CARD_ARCHIVED) != 0)
    return NULL;
  entry = g_new0 (BatonInboxEntry, 1);
  entry->kind = kind;
  entry->id = g_strdup (id);
  entry->card = g_strdup (card);
  entry->title = g_strdup (baton_row_text (row, BATON_CARD_TITLE));
  return entry;
}

static gboolean
calls (const BatonRow *comment, const char *person)
{
  return baton_row_int (comment, BATON_COMMENT_REMOVED) == 0 &&
         baton_row_int (comment, BATON_COMMENT_RESOLVED) == 0 &&
         baton_set_contains (baton_row_text (comment, BATON_COMMENT_MENTIONS), person) &&
         g_strcmp0 (baton_row_text (comment, BATON_COMMENT_AUTHOR), person) != 0;
}

static gboolean
is_put_aside (BatonReader *reader, const char *comment)
{
  g_autofree char *key = g_strconcat ("inbox/", comment, NULL);
  g_autofree char *mark = baton_reader_draft (reader, key);

  return mark != NULL;
}

/* When the person last said something on each card. */
static GHashTable *
last_words (const GPtrArray *comments, const char *person)
{
  GHashTable *last = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < comments->len; i++)
    {
      const BatonRow *comment = g_ptr_array_index (comments, i);
      const char *card = baton_row_text (comment, BATON_COMMENT_CARD);
      gint64 at = baton_row_int (comment, BATON_COMMENT_CREATED);
      const gint64 *known = card != NULL ? g_hash_table_lookup (last, card) : NULL;

      if (card != NULL && baton_row_int (comment, BATON_COMMENT_REMOVED) == 0 &&
          g_strcmp0 (baton_row_text (comment, BATON_COMMENT_AUTHOR), person) == 0 &&
          (known == NULL || *known < at))
        g_hash_table_replace (last, (char *) card, g_memdup2 (&at, sizeof at));
    }
  return last;
}

static gboolean
add_mentions (BatonReader *reader, const char *person, GPtrArray *entries, GError **error)
{
  g_autoptr (GPtrArray) comments =
      baton_reader_rows (reader, BATON_ENTITY_COMMENT, BATON_FIELD_NONE, NULL, FALSE, error);
  g_autoptr (GHashTable) last = NULL;

  if (comments == NULL)
    return FALSE;
  last = last_words (comments, person);
  for (guint i = 0; i < comments->len; i++)
    {
      const BatonRow *comment = g_ptr_array_index (comments, i);
      const char *card = baton_row_text (comment, BATON_COMMENT_CARD);
      const gint64 *answered = card != NULL ? g_hash_table_lookup (last, card) : NULL;
      BatonInboxEntry *entry;

      if (!calls (comment, person) || is_put_aside (reader, comment->id) ||
          (answered != NULL && *answered > baton_row_int (comment, BATON_COMMENT_CREATED)))
        continue;
      entry = entry_on (reader, BATON_INBOX_MENTION, comment->id, card);
      if (entry == NULL)
        continue;
      entry->person = g_strdup (baton_row_text (comment, BATON_COMMENT_AUTHOR));
      entry->text = g_strdup (baton_row_text (comment, BATON_COMMENT_TEXT));
      entry->at = baton_row_int (comment, BATON_COMMENT_CREATED);
      g_ptr_array_add (entries, entry);
    }
  return TRUE;
}

static gboolean
add_reviews (BatonReader *reader, const char *person, GPtrArray *entries, GError **error)
{
  g_autoptr (GPtrArray) queue = baton_review_queue (reader, person, error);

  for (guint i = 0; queue != NULL && i < queue->len; i++)
    {
      const BatonWaiting *waiting = g_ptr_array_index (queue, i);
      BatonInboxEntry *entry = entry_on (reader, BATON_INBOX_REVIEW, waiting->review->id, waiting->card->id);

      if (entry == NULL)
        continue;
      entry->review = g_strdup (waiting->review->id);
      entry->person = g_strdup (baton_row_text (waiting->review, BATON_REVIEW_REQUESTER));
      entry->text = g_strdup (baton_row_text (waiting->review, BATON_REVIEW_NOTE));
      entry->at = baton_row_int (waiting->review, BATON_REVIEW_CREATED);
      entry->ends = baton_row_int (waiting->review, BATON_REVIEW_ENDS);
      g_ptr_array_add (entries, entry);
    }
  return queue != NULL;
}

/* A review of mine that is open and ends before the time that was asked for. */
static gboolean
wants_time (const BatonRow *excuse, const BatonRow *review, const char *person)
{
  gint64 ends = review != NULL ? baton_row_int (review, BATON_REVIEW_ENDS) : 0;

  return review != NULL && baton_row_int (review, BATON_REVIEW_REMOVED) == 0 &&
         baton_row_int (review, BATON_REVIEW_CLOSED) == 0 &&
         g_strcmp0 (baton_row_text (review, BATON_REVIEW_REQUESTER), person) == 0 && ends != 0 &&
         ends < baton_row_int (excuse, BATON_EXCUSE_MORE_TIME);
}

static gboolean
add_times (BatonReader *reader, const char *person, GPtrArray *entries, GError **error)
{
  g_autoptr (GPtrArray) excuses =
      baton_reader_rows (reader, BATON_ENTITY_EXCUSE, BATON_FIELD_NONE, NULL, FALSE, error);

  for (guint i = 0; excuses != NULL && i < excuses->len; i++)
    {
      const BatonRow *excuse = g_ptr_array_index (excuses, i);
      const char *id = baton_row_text (excuse, BATON_EXCUSE_REVIEW);
      g_autoptr (BatonRow) review = NULL;
      BatonInboxEntry *entry;

      if (baton_row_int (excuse, BATON_EXCUSE_REMOVED) != 0 || id == NULL ||
          baton_row_int (excuse, BATON_EXCUSE_MORE_TIME) == 0)
        continue;
      review = baton_reader_row (reader, BATON_ENTITY_REVIEW, id);
      entry = wants_time (excuse, review, person) ? entry_on (reader, BATON_INBOX_TIME, excuse->id,
                                                        baton_row_text (review, BATON_REVIEW_CARD))
                                                  : NULL;
      if (entry == NULL)
        continue;
      entry->review = g_strdup (id);
      entry->person = g_strdup (baton_row_text (excuse, BATON_EXCUSE_PERSON));
      entry->text = g_strdup (baton_row_text (excuse, BATON_EXCUSE_REASON));
      entry->at = baton_row_int (excuse, BATON_EXCUSE_CREATED);
      entry->ends = baton_row_int (excuse, BATON_EXCUSE_MORE_TIME);
      g_ptr_array_add (entries, entry);
    }
  return excuses != NULL;
}

static gboolean
add_attention (BatonReader *reader, BatonNames *names, GPtrArray *entries, GError **error)
{
  g_autoptr (GPtrArray) all = baton_reader_attention (reader, error);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const BatonAttention *attention = g_ptr_array_index (all, i);
      BatonInboxEntry *entry = g_new0 (BatonInboxEntry, 1);
      g_auto (BatonAttentionWords) words = { 0 };

      baton_attention_words_init (&words, names, reader, attention);
      entry->kind = attention->kind == BATON_ATTENTION_REPLACED ? BATON_INBOX_REPLACED : BATON_INBOX_REFUSED;
      entry->id = g_strdup_printf ("%" G_GINT64_FORMAT, attention->id);
      entry->card = g_steal_pointer (&words.card);
      entry->title =
          entry->card != NULL ? g_strdup (baton_names_get (names, BATON_ENTITY_CARD, entry->card)) : NULL;
      entry->person = g_steal_pointer (&words.person);
      entry->sentence = g_steal_pointer (&words.sentence);
      entry->text = words.mine != NULL ? g_strdup_printf (_ ("You had written: %s"), words.mine)
                                       : g_strdup (attention->why);
      entry->at = attention->at;
      g_ptr_array_add (entries, entry);
    }
  return all != NULL;
}

/* Transfer full; NULL for what has its sentence already. */
static char *
sentence_of (BatonNames *names, const BatonInboxEntry *entry)
{
  const char *who = entry->person != NULL ? baton_names_get (names, BATON_ENTITY_PERSON, entry->person) : "";

  if (*who == '\0')
    who = _ ("Somebody");
  switch (entry->kind)
    {
    case BATON_INBOX_MENTION:
      return g_strdup_printf (_ ("%s calls you on “%s”"), who, entry->title);
    case BATON_INBOX_REVIEW:
      return g_strdup_printf (_ ("%s asks you to review “%s”"), who, entry->title);
    case BATON_INBOX_TIME:
      return g_strdup_printf (_ ("%s asks for more time to review “%s”"), who, entry->title);
    case BATON_INBOX_REFUSED:
    case BATON_INBOX_REPLACED:
    default:
      return NULL;
    }
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const BatonInboxEntry *one = *(BatonInboxEntry *const *) a, *other = *(BatonInboxEntry *const *) b;
  gboolean first = one->kind == BATON_INBOX_REFUSED, other_first = other->kind == BATON_INBOX_REFUSED;

  if (first != other_first)
    return first ? -1 : 1;
  if (one->at != other->at)
    return one->at > other->at ? -1 : 1;
  return g_strcmp0 (one->id, other->id);
}

GPtrArray *
baton_inbox_read (BatonReader *reader, const char *person, GError **error)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) (void (*) (void)) baton_inbox_entry_free);
  g_autoptr (BatonNames) names = baton_names_new (reader);

  if (person != NULL &&
      (!add_mentions (reader, person, entries, error) || !add_reviews (reader, person, entries, error) ||
          !add_times (reader, person, entries, error) || !add_attention (reader, names, entries, error)))
    return NULL;
  for (guint i = 0; i < entries->len; i++)
    {
      BatonInboxEntry *entry = g_ptr_array_index (entries, i);

      if (entry->sentence == NULL)
        entry->sentence = sentence_of (names, entry);
    }
  g_ptr_array_sort (entries, compare);
  return g_steal_pointer (&entries);
}
