/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "review-ops.h"

#include "workspace.h"

#include <string.h>

static BatonRow *
new_row (BatonOp **op, BatonVerb verb, char **id)
{
  g_autofree char *own = baton_store_new_id ();
  BatonRow *row;

  *op = baton_op_new (verb);
  row = baton_op_add_row (*op, baton_verb_info (verb)->entity, own);
  if (id != NULL)
    *id = g_steal_pointer (&own);
  return row;
}

static BatonOp *
op_of (BatonVerb verb, const char *id)
{
  BatonOp *op = baton_op_new (verb);

  baton_op_add_id (op, id);
  return op;
}

static void
set_people (BatonRow *row, BatonField field, const GPtrArray *people)
{
  for (guint i = 0; people != NULL && i < people->len; i++)
    baton_row_take (row, field, baton_set_add (baton_row_text (row, field), g_ptr_array_index (people, i)));
}

static const char *
or_none (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

BatonOp *
baton_review_op_comment (const char *card, const char *version, const BatonMark *mark, int page,
    const char *text, const char *reply_to, const GPtrArray *mentions, char **id)
{
  BatonOp *op;
  BatonRow *row = new_row (&op, BATON_VERB_COMMENT_ADD, id);

  baton_row_set_text (row, BATON_COMMENT_CARD, card);
  baton_row_set_text (row, BATON_COMMENT_VERSION, version);
  baton_row_set_text (row, BATON_COMMENT_TEXT, text);
  baton_row_set_text (row, BATON_COMMENT_REPLY_TO, reply_to);
  set_people (row, BATON_COMMENT_MENTIONS, mentions);
  if (mark != NULL)
    {
      g_autofree char *place = baton_mark_format (mark);

      baton_row_set_text (row, BATON_COMMENT_SHAPE, baton_mark_shape_name (mark->shape));
      baton_row_set_text (row, BATON_COMMENT_PLACE, place);
      baton_row_set_int (row, BATON_COMMENT_PAGE, page + 1);
    }
  return op;
}

BatonOp *
baton_review_op_edit (const char *comment, const char *text)
{
  BatonOp *op = op_of (BATON_VERB_COMMENT_SET, comment);

  baton_op_set_text (op, BATON_COMMENT_TEXT, text);
  return op;
}

BatonOp *
baton_review_op_remove (const char *comment)
{
  return op_of (BATON_VERB_COMMENT_REMOVE, comment);
}

BatonOp *
baton_review_op_resolve (const char *comment, gboolean resolved)
{
  return op_of (resolved ? BATON_VERB_COMMENT_RESOLVE : BATON_VERB_COMMENT_REOPEN, comment);
}

BatonOp *
baton_review_op_keep (const char *comment, const char *version)
{
  BatonOp *op = op_of (BATON_VERB_COMMENT_KEEP, comment);

  baton_op_link (op, BATON_COMMENT_KEPT, TRUE, version);
  return op;
}

BatonOp *
baton_review_op_answer (const char *review, const char *check, const char *state, const char *note)
{
  BatonOp *op;
  BatonRow *row = new_row (&op, BATON_VERB_REVIEW_ANSWER, NULL);

  baton_row_set_text (row, BATON_ANSWER_REVIEW, review);
  baton_row_set_text (row, BATON_ANSWER_CHECK, check);
  baton_row_set_text (row, BATON_ANSWER_STATE, state);
  baton_row_set_text (row, BATON_ANSWER_NOTE, or_none (note));
  return op;
}

BatonOp *
baton_review_op_decide (const char *review, const char *decision, const char *note)
{
  BatonOp *op;
  BatonRow *row = new_row (&op, BATON_VERB_REVIEW_DECIDE, NULL);

  baton_row_set_text (row, BATON_DECISION_REVIEW, review);
  baton_row_set_text (row, BATON_DECISION_DECISION, decision);
  baton_row_set_text (row, BATON_DECISION_NOTE, or_none (note));
  return op;
}

BatonOp *
baton_review_op_excuse (const char *review, const char *reason, const char *passed_to, gint64 more_time)
{
  BatonOp *op;
  BatonRow *row = new_row (&op, BATON_VERB_REVIEW_EXCUSE, NULL);

  baton_row_set_text (row, BATON_EXCUSE_REVIEW, review);
  baton_row_set_text (row, BATON_EXCUSE_REASON, or_none (reason));
  baton_row_set_text (row, BATON_EXCUSE_PASSED_TO, passed_to);
  if (more_time != 0)
    baton_row_set_int (row, BATON_EXCUSE_MORE_TIME, more_time);
  return op;
}

BatonOp *
baton_review_op_grant (const BatonRow *excuse, gboolean granted)
{
  BatonOp *op = op_of (BATON_VERB_REVIEW_GRANT, excuse->id);

  baton_op_set_int (op, BATON_EXCUSE_GRANTED, granted);
  if (granted)
    baton_op_set_int (op, BATON_EXCUSE_MORE_TIME, baton_row_int (excuse, BATON_EXCUSE_MORE_TIME));
  return op;
}

BatonOp *
baton_review_op_request (
    const char *version, const GPtrArray *reviewers, guint needed, gint64 ends, const char *note)
{
  BatonOp *op;
  BatonRow *row = new_row (&op, BATON_VERB_REVIEW_REQUEST, NULL);

  baton_row_set_text (row, BATON_REVIEW_VERSION, version);
  set_people (row, BATON_REVIEW_REVIEWERS, reviewers);
  if (needed > 0)
    baton_row_set_int (row, BATON_REVIEW_NEEDED, needed);
  if (ends != 0)
    baton_row_set_int (row, BATON_REVIEW_ENDS, ends);
  baton_row_set_text (row, BATON_REVIEW_NOTE, or_none (note));
  return op;
}

/* Whether a name stands here, in whatever case, and ends where a word ends. */
static gboolean
names_here (const char *text, const char *name)
{
  glong length = g_utf8_strlen (name, -1);
  g_autofree char *here = NULL, *folded = NULL, *wanted = NULL;
  gunichar next;

  if (length == 0 || g_utf8_strlen (text, -1) < length)
    return FALSE;
  here = g_utf8_substring (text, 0, length);
  folded = g_utf8_casefold (here, -1);
  wanted = g_utf8_casefold (name, -1);
  next = g_utf8_get_char (text + strlen (here));
  return g_str_equal (folded, wanted) && !g_unichar_isalnum (next);
}

/* The person that is meant behind an "@": by the whole name, else by a first name that only one person has.
 */
static const char *
person_at (const char *text, GHashTable *names)
{
  const char *best = NULL, *by_first = NULL;
  glong longest = 0;
  guint n_first = 0;
  GHashTableIter iter;
  gpointer id, name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &id, &name))
    {
      const char *blank = strchr (name, ' ');
      g_autofree char *first = blank != NULL ? g_strndup (name, (gsize) (blank - (char *) name)) : NULL;
      glong length = g_utf8_strlen (name, -1);

      if (length > longest && names_here (text, name))
        {
          best = id;
          longest = length;
        }
      else if (first != NULL && names_here (text, first))
        {
          by_first = id;
          n_first++;
        }
    }
  return best != NULL ? best : n_first == 1 ? by_first : NULL;
}

GPtrArray *
baton_review_mentions (const char *text, GHashTable *names)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (g_free);

  for (const char *at = strchr (text, '@'); at != NULL; at = strchr (at + 1, '@'))
    {
      const char *person = person_at (at + 1, names);

      if (person != NULL && !g_ptr_array_find_with_equal_func (people, person, g_str_equal, NULL))
        g_ptr_array_add (people, g_strdup (person));
    }
  return people;
}
