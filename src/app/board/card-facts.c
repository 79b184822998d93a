/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-facts.h"

#include <glib/gi18n.h>

#define HOUR (G_USEC_PER_SEC * G_GINT64_CONSTANT (3600))
#define DAY (24 * HOUR)

char *
baton_card_duration_words (gint64 microseconds)
{
  if (microseconds >= 2 * 365 * DAY)
    return g_strdup_printf (_ ("%d y"), (int) (microseconds / (365 * DAY)));
  if (microseconds >= DAY)
    return g_strdup_printf (_ ("%d d"), (int) (microseconds / DAY));
  if (microseconds >= HOUR)
    return g_strdup_printf (_ ("%d h"), (int) (microseconds / HOUR));
  /* Nobody plans by the minute: below an hour the number would only flicker. */
  return g_strdup (_ ("< 1 h"));
}

char *
baton_initials (const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, " \t-", -1);
  GString *out = g_string_new (NULL);
  guint n = g_strv_length (words);

  for (guint i = 0; i < n; i++)
    {
      /* The first word and the last one. */
      if (*words[i] != '\0' && (out->len == 0 || i == n - 1))
        g_string_append_unichar (out, g_unichar_toupper (g_utf8_get_char (words[i])));
    }
  return g_string_free (out, FALSE);
}

const char *
baton_person_color (BatonItem *person)
{
  static const char *const palette[] = { "#1a5fb4", "#26a269", "#613583", "#a51d2d", "#986a44", "#0b7285",
    "#5f3dc4", "#2b6a30" };
  const char *own = baton_item_text (person, BATON_PERSON_COLOR);

  return own != NULL ? own : palette[g_str_hash (baton_item_id (person)) % G_N_ELEMENTS (palette)];
}

static BatonItem *
stage_of (BatonBoard *board, BatonItem *card)
{
  return baton_workspace_lookup (
      baton_board_workspace (board), BATON_ENTITY_STAGE, baton_item_text (card, BATON_CARD_STAGE));
}

static const char *
kind_of (BatonItem *stage)
{
  const char *kind = stage != NULL ? baton_item_text (stage, BATON_STAGE_KIND) : NULL;

  return kind != NULL ? kind : "active";
}

static void
add_age (BatonCardFacts *facts, BatonBoard *board, BatonItem *card, BatonItem *stage, gint64 now)
{
  const char *kind = kind_of (stage);
  gint64 age = baton_board_age (board, card, now);
  gint64 limit = stage != NULL ? baton_item_int (stage, BATON_STAGE_AGE_LIMIT) * G_USEC_PER_SEC : 0;
  g_autofree char *words = baton_card_duration_words (age);

  if (g_str_equal (kind, "done"))
    return;
  if (limit > 0 && age > limit)
    {
      facts->age = g_strdup_printf (_ ("◷ aged %s"), words);
      facts->age_tone = BATON_TONE_WARNING;
    }
  else if (g_str_equal (kind, "queue"))
    facts->age = g_strdup_printf (_ ("queued %s"), words);
  else
    facts->age = g_steal_pointer (&words);
}

static void
add_due (BatonCardFacts *facts, BatonItem *card, BatonItem *stage, gint64 now)
{
  gint64 due = baton_item_int (card, BATON_CARD_DUE);
  gboolean done = g_str_equal (kind_of (stage), "done");
  g_autoptr (GDateTime) time = due != 0 ? g_date_time_new_from_unix_local (due / G_USEC_PER_SEC) : NULL;

  if (time == NULL)
    return;
  if (!done && due < now)
    {
      g_autofree char *words = baton_card_duration_words (now - due);

      facts->due = g_strdup_printf (_ ("! overdue %s"), words);
      facts->due_tone = BATON_TONE_URGENT;
    }
  else if (!done && due - now < DAY)
    {
      g_autofree char *words = baton_card_duration_words (due - now);

      facts->due = g_strdup_printf (_ ("◷ %s left"), words);
      facts->due_tone = BATON_TONE_WARNING;
    }
  else
    {
      /* Translators: a short date with day and month, as g_date_time_format() takes it. */
      g_autofree char *date = g_date_time_format (time, _ ("%-d %b"));

      facts->due = g_strdup_printf (_ ("due %s"), date);
    }
}

/* A window that is far from its end is nobody's worry yet. */
static void
add_review (BatonCardFacts *facts, BatonItem *card, gint64 now)
{
  gint64 ends = baton_item_int (card, BATON_CARD_REVIEW_ENDS);
  g_autofree char *words =
      ends != 0 ? baton_card_duration_words (ends > now ? ends - now : now - ends) : NULL;

  if (words == NULL)
    return;
  if (ends <= now)
    {
      facts->review = g_strdup_printf (_ ("! review over by %s"), words);
      facts->review_tone = BATON_TONE_URGENT;
    }
  else
    {
      facts->review = g_strdup_printf (_ ("◷ review: %s left"), words);
      facts->review_tone = ends - now < 6 * HOUR ? BATON_TONE_WARNING : BATON_TONE_PLAIN;
    }
}

static void
add_urgency (BatonCardFacts *facts, BatonItem *card)
{
  const char *urgency = baton_item_text (card, BATON_CARD_URGENCY);

  facts->fast = g_strcmp0 (urgency, "fast") == 0;
  if (facts->fast)
    facts->urgency = g_strdup (_ ("▲ Fast lane"));
  else if (g_strcmp0 (urgency, "high") == 0)
    facts->urgency = g_strdup (_ ("△ High"));
  else if (g_strcmp0 (urgency, "low") == 0)
    facts->urgency = g_strdup (_ ("▽ Low"));
}

void
baton_card_facts_init (BatonCardFacts *facts, BatonBoard *board, BatonItem *card, gint64 now)
{
  BatonWorkspace *workspace = baton_board_workspace (board);
  BatonItem *stage = stage_of (board, card);
  gint64 items = baton_item_int (card, BATON_CARD_ITEMS);
  char *reason = NULL;

  *facts = (BatonCardFacts){ 0 };
  facts->channel = g_strdup (baton_workspace_name_of (
      workspace, BATON_ENTITY_CHANNEL, baton_item_text (card, BATON_CARD_CHANNEL), NULL));
  facts->owner = g_strdup (baton_workspace_name_of (
      workspace, BATON_ENTITY_PERSON, baton_item_text (card, BATON_CARD_OWNER), NULL));
  add_urgency (facts, card);
  add_age (facts, board, card, stage, now);
  add_due (facts, card, stage, now);
  add_review (facts, card, now);
  if (items > 0)
    facts->checklist =
        g_strdup_printf ("☑ %d/%d", (int) baton_item_int (card, BATON_CARD_ITEMS_DONE), (int) items);
  if (baton_board_is_blocked (board, card, &reason))
    {
      /* A dependency is the normal course of work; a block that somebody reported is a call for help. */
      gboolean reported = baton_item_text (card, BATON_CARD_BLOCKED_REASON) != NULL;

      facts->blocked =
          reported ? g_strdup_printf (_ ("■ blocked: %s"), reason) : g_strdup_printf ("■ %s", reason);
      facts->blocked_tone = reported ? BATON_TONE_URGENT : BATON_TONE_PLAIN;
    }
  g_free (reason);
}

void
baton_card_facts_clear (BatonCardFacts *facts)
{
  g_free (facts->channel);
  g_free (facts->urgency);
  g_free (facts->age);
  g_free (facts->due);
  g_free (facts->checklist);
  g_free (facts->blocked);
  g_free (facts->review);
  g_free (facts->owner);
  *facts = (BatonCardFacts){ 0 };
}

static void
append (GString *out, const char *text)
{
  if (text == NULL)
    return;
  if (out->len > 0)
    g_string_append (out, ", ");
  g_string_append (out, text);
}

char *
baton_card_facts_describe (const BatonCardFacts *facts)
{
  GString *out = g_string_new (NULL);

  append (out, facts->urgency);
  append (out, facts->channel);
  append (out, facts->owner);
  append (out, facts->due);
  append (out, facts->age);
  append (out, facts->checklist);
  append (out, facts->blocked);
  append (out, facts->review);
  return g_string_free (out, FALSE);
}

guint
baton_card_facts_lines (BatonBoard *board, BatonItem *card)
{
  guint lines = 1;

  if (baton_item_int (card, BATON_CARD_DUE) != 0 || baton_item_int (card, BATON_CARD_ITEMS) > 0)
    lines++;
  if (baton_item_text (card, BATON_CARD_BLOCKED_REASON) != NULL ||
      baton_item_text (card, BATON_CARD_BLOCKERS) != NULL)
    lines += baton_board_is_blocked (board, card, NULL) ? 1 : 0;
  if (baton_item_int (card, BATON_CARD_REVIEW_ENDS) != 0)
    lines++;
  return lines;
}
