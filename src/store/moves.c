/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "moves.h"

#include "db.h"

#include <string.h>

static const char *
text (sqlite3_stmt *statement, int column)
{
  return (const char *) sqlite3_column_text (statement, column);
}

gboolean
baton_reader_card_facts (BatonReader *reader, const char *board, const char *card, BatonCardFactsFunc func,
    gpointer data, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (reader,
      card != NULL
          ? "SELECT id, stage, channel, campaign, asset_type, owner, creator, urgency, created, removed,"
            " archived, entered, template, past, satisfaction FROM card WHERE id = ?2 AND board = ?1"
          : "SELECT id, stage, channel, campaign, asset_type, owner, creator, urgency, created, removed,"
            " archived, entered, template, past, satisfaction FROM card WHERE board = ?1 ORDER BY rowid",
      error);
  gboolean more;

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, board);
  if (card != NULL)
    baton_bind_text (statement, 2, card);
  while (baton_db_step (reader, statement, &more, error))
    {
      BatonCardFacts facts;

      if (!more)
        return TRUE;
      facts = (BatonCardFacts){ text (statement, 0), text (statement, 1), text (statement, 2),
        text (statement, 3), text (statement, 4), text (statement, 5), text (statement, 6),
        text (statement, 7), text (statement, 13), text (statement, 14), sqlite3_column_int64 (statement, 8),
        sqlite3_column_int64 (statement, 9), sqlite3_column_int64 (statement, 10),
        sqlite3_column_int64 (statement, 11), sqlite3_column_int (statement, 12) != 0 };
      func (&facts, data);
    }
  return FALSE;
}

/* The effect's text is what baton_effect_write made: arrays of strings, numbers and nulls without spaces. A
 * million of them are walked here, so they are cut in place instead of being made into trees. */
typedef struct
{
  char *at;
  const char *cells[5]; /* NULL: null */
  guint n;
} Walk;

/* The string that begins behind the quote, cut at its end. Escapes are left as they are: none of the values
 * that matter here (ids, names of fields) has any. */
static const char *
cut_string (Walk *walk)
{
  char *from = ++walk->at;

  while (*walk->at != '"' && *walk->at != '\0')
    walk->at += walk->at[0] == '\\' && walk->at[1] != '\0' ? 2 : 1;
  if (*walk->at == '"')
    *walk->at++ = '\0';
  return from;
}

static const char *
cut_word (Walk *walk, char *end)
{
  char *from = walk->at;

  while (*walk->at != ',' && *walk->at != ']' && *walk->at != '\0')
    walk->at++;
  *end = *walk->at;
  if (*walk->at != '\0')
    *walk->at++ = '\0';
  return strcmp (from, "null") == 0 ? NULL : from;
}

/* The next array of the effect; FALSE at the end. */
static gboolean
next_change (Walk *walk)
{
  char end = ',';

  while (*walk->at == '[' || *walk->at == ',')
    walk->at++;
  if (*walk->at == ']' || *walk->at == '\0')
    return FALSE;
  for (walk->n = 0; end == ','; walk->n++)
    {
      const char *cell;

      if (*walk->at == '"')
        {
          cell = cut_string (walk);
          end = *walk->at;
          if (end != '\0')
            walk->at++;
        }
      else
        cell = cut_word (walk, &end);
      if (walk->n < G_N_ELEMENTS (walk->cells))
        walk->cells[walk->n] = cell;
    }
  return TRUE;
}

static BatonField
wanted_field (const char *name)
{
  static const BatonField fields[] = { BATON_CARD_STAGE, BATON_CARD_OWNER, BATON_CARD_BLOCKED_REASON,
    BATON_CARD_ARCHIVED, BATON_CARD_REMOVED };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (strcmp (baton_field_info (fields[i])->name, name) == 0)
        return fields[i];
    }
  return BATON_FIELD_NONE;
}

/* Cards that a person moved without leaving their stage. Many at once are numbers given anew, not a person's
 * doing. */
#define MOST_PUT 20

typedef struct
{
  const char *ranked[MOST_PUT];
  guint n_ranked;
  const char *staged[MOST_PUT];
  guint n_staged;
} Puts;

static void
note_put (Puts *puts, const Walk *walk)
{
  if (strcmp (walk->cells[2], "rank") == 0)
    {
      if (puts->n_ranked < MOST_PUT)
        puts->ranked[puts->n_ranked] = walk->cells[1];
      puts->n_ranked++;
    }
  else if (strcmp (walk->cells[2], "stage") == 0 && puts->n_staged < MOST_PUT)
    puts->staged[puts->n_staged++] = walk->cells[1];
}

static void
tell_puts (const Puts *puts, const char *only, BatonMove *move, BatonMoveFunc func, gpointer data)
{
  move->field = BATON_CARD_RANK;
  move->before = move->after = NULL;
  for (guint i = 0; puts->n_ranked <= MOST_PUT && i < puts->n_ranked; i++)
    {
      gboolean staged = FALSE;

      for (guint j = 0; j < puts->n_staged; j++)
        staged |= strcmp (puts->staged[j], puts->ranked[i]) == 0;
      move->card = puts->ranked[i];
      if (!staged && (only == NULL || strcmp (move->card, only) == 0))
        func (move, data);
    }
}

static void
tell_changes (sqlite3_stmt *statement, const char *only, BatonMoveFunc func, gpointer data, GString *body)
{
  BatonMove move = { .seq = sqlite3_column_int64 (statement, 0),
    .at = sqlite3_column_int64 (statement, 1),
    .quality = sqlite3_column_int (statement, 4),
    .live = sqlite3_column_int64 (statement, 5) != 0,
    .person = text (statement, 2) };
  gboolean moved = g_strcmp0 (text (statement, 6), "card.move") == 0;
  Puts puts = { 0 };
  Walk walk;

  g_string_truncate (body, 0);
  g_string_append_len (body, text (statement, 3), sqlite3_column_bytes (statement, 3));
  walk.at = body->str;
  while (next_change (&walk))
    {
      if (walk.n != 5 || walk.cells[0] == NULL || strcmp (walk.cells[0], "card") != 0 ||
          walk.cells[1] == NULL || walk.cells[2] == NULL)
        continue;
      if (moved)
        note_put (&puts, &walk);
      if (only != NULL && strcmp (walk.cells[1], only) != 0)
        continue;
      move.field = wanted_field (walk.cells[2]);
      if (move.field == BATON_FIELD_NONE)
        continue;
      move.card = walk.cells[1];
      move.before = walk.cells[3];
      move.after = walk.cells[4];
      func (&move, data);
    }
  tell_puts (&puts, only, &move, func, data);
}

gboolean
baton_reader_moves (BatonReader *reader, const char *board, const char *card, BatonMoveFunc func,
    gpointer data, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (reader,
      card != NULL
          ? "SELECT log.seq, log.at, log.person, effect.body, log.quality, log.boot, log.verb FROM touch "
            "JOIN log ON log.seq = touch.seq"
            " JOIN effect ON effect.seq = touch.seq WHERE touch.card = ?2 AND ?1 IS NOT NULL"
            " AND log.verb NOT IN ('op.undo', 'op.redo')"
            " AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.seq = log.seq) ORDER BY touch.seq"
          : "SELECT log.seq, log.at, log.person, effect.body, log.quality, log.boot, log.verb FROM effect "
            "JOIN log ON log.seq = effect.seq"
            " WHERE effect.board = ?1 AND log.verb NOT IN ('op.undo', 'op.redo', 'card.add', 'card.tick',"
            " 'card.label', 'comment.add', 'item.set', 'item.add', 'checklist.add', 'link.add')"
            " AND NOT EXISTS (SELECT 1 FROM undone WHERE undone.seq = log.seq) ORDER BY effect.seq",
      error);
  g_autoptr (GString) body = g_string_new (NULL);
  gboolean more;

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, board);
  if (card != NULL)
    baton_bind_text (statement, 2, card);
  while (baton_db_step (reader, statement, &more, error))
    {
      if (!more)
        return TRUE;
      tell_changes (statement, card, func, data, body);
    }
  return FALSE;
}

gboolean
baton_reader_mentions (
    BatonReader *reader, const char *board, BatonMentionFunc func, gpointer data, GError **error)
{
  sqlite3_stmt *statement = baton_db_prepare (reader,
      "SELECT comment.card, comment.author, comment.mentions, comment.created FROM comment"
      " JOIN card ON card.id = comment.card WHERE card.board = ?1 AND coalesce (comment.mentions, '') <> ''"
      " AND coalesce (comment.removed, 0) = 0 ORDER BY comment.rowid",
      error);
  gboolean more;

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, board);
  while (baton_db_step (reader, statement, &more, error))
    {
      if (!more)
        return TRUE;
      func (text (statement, 0), text (statement, 1), text (statement, 2),
          sqlite3_column_int64 (statement, 3), data);
    }
  return FALSE;
}

gboolean
baton_reader_card_origin (BatonReader *reader, const char *card, int *quality, gboolean *live)
{
  sqlite3_stmt *statement = baton_db_prepare (reader,
      "SELECT log.quality, log.boot FROM touch JOIN log ON log.seq = touch.seq WHERE touch.card = ?1"
      " ORDER BY touch.seq LIMIT 1",
      NULL);
  gboolean more;

  if (statement == NULL)
    return FALSE;
  baton_bind_text (statement, 1, card);
  if (!baton_db_step (reader, statement, &more, NULL) || !more)
    return FALSE;
  *quality = sqlite3_column_int (statement, 0);
  *live = sqlite3_column_int64 (statement, 1) != 0;
  sqlite3_reset (statement);
  return TRUE;
}
