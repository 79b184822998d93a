/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "attention-words.h"

#include "wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The card that a row is, or hangs from. */
static char *
card_of (BatonReader *reader, BatonEntity entity, const char *id)
{
  for (guint depth = 0; depth < 4 && id != NULL && entity != BATON_ENTITY_NONE; depth++)
    {
      g_autoptr (BatonRow) row = NULL;
      BatonField parent = baton_entity_info (entity)->parent;

      if (entity == BATON_ENTITY_CARD)
        return g_strdup (id);
      row = parent != BATON_FIELD_NONE ? baton_reader_row (reader, entity, id) : NULL;
      if (row == NULL)
        return NULL;
      entity = baton_field_info (parent)->target;
      id = baton_row_text (row, parent);
      if (entity == BATON_ENTITY_CARD)
        return g_strdup (id);
    }
  return NULL;
}

static char *
say_replaced (const char *who, const char *name, const char *field)
{
  if (*name == '\0')
    return g_strdup_printf (_ ("%s replaced what you had written (%s)"), who, field);
  return g_strdup_printf (_ ("%s replaced what you had written in “%s” (%s)"), who, name, field);
}

/* A replaced value comes with the operation that would restore it: one row, one field. */
static void
init_replaced (BatonAttentionWords *words, BatonNames *names, const BatonAttention *attention,
    BatonEntity entity, const char *id)
{
  g_autoptr (json_t) detail =
      attention->detail != NULL ? baton_wire_parse (attention->detail, strlen (attention->detail)) : NULL;
  const BatonOp *op = attention->op;
  const BatonSet *set = op->sets->len > 0 ? &g_array_index (op->sets, BatonSet, 0) : NULL;
  const char *who;

  words->person = detail != NULL ? g_strdup (baton_wire_text (detail, "person")) : NULL;
  who = words->person != NULL ? baton_names_get (names, BATON_ENTITY_PERSON, words->person) : "";
  if (*who == '\0')
    who = _ ("Somebody");
  words->sentence = say_replaced (
      who, baton_names_get (names, entity, id), set != NULL ? baton_words_field (set->field) : "");
  if (set != NULL)
    words->mine = baton_words_value (names, set->field, &set->value);
}

void
baton_attention_words_init (
    BatonAttentionWords *words, BatonNames *names, BatonReader *reader, const BatonAttention *attention)
{
  const BatonOp *op = attention->op;
  BatonEntity entity =
      op->verb != BATON_VERB_UNKNOWN ? baton_verb_info (op->verb)->entity : BATON_ENTITY_NONE;
  const char *id = op->ids->len > 0 ? g_ptr_array_index (op->ids, 0) : NULL;
  g_autofree char *what = NULL;

  *words = (BatonAttentionWords){ 0 };
  if (id != NULL)
    words->card = card_of (reader, entity, id);
  if (attention->kind == BATON_ATTENTION_REPLACED && id != NULL && entity != BATON_ENTITY_NONE)
    {
      init_replaced (words, names, attention, entity, id);
      return;
    }
  what = baton_words_intent (names, op);
  words->sentence = g_strdup_printf (_ ("Not done: %s"), what);
}

void
baton_attention_words_clear (BatonAttentionWords *words)
{
  g_clear_pointer (&words->sentence, g_free);
  g_clear_pointer (&words->mine, g_free);
  g_clear_pointer (&words->person, g_free);
  g_clear_pointer (&words->card, g_free);
}
