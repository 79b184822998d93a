/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "passport-private.h"

#include "baton-error.h"
#include "probe.h"

#include <glib/gi18n-lib.h>

static const char *
text_of (const BatonPassport *passport, BatonField field)
{
  return baton_row_text (passport->card, field);
}

static const char *
name_of (const BatonPassport *passport, BatonEntity entity, const char *id)
{
  return baton_names_get (passport->names, entity, id);
}

static void
add_set_fact (const BatonPassport *passport, BatonDocBlock *facts, const char *what, BatonField field)
{
  const BatonValue *value = baton_row_value (passport->card, field);
  g_autofree char *words =
      value->kind != BATON_VALUE_NONE ? baton_words_value (passport->names, field, value) : NULL;

  baton_doc_fact (facts, what, words);
}

static void
add_time_fact (BatonDocBlock *facts, const char *what, gint64 at)
{
  g_autofree char *words = baton_passport_time (at);

  baton_doc_fact (facts, what, words);
}

static void
add_facts (const BatonPassport *passport, BatonDoc *doc)
{
  BatonDocBlock *facts = baton_doc_facts (doc);
  const char *urgency = text_of (passport, BATON_CARD_URGENCY);
  gint64 reworks = baton_row_int (passport->card, BATON_CARD_REWORKS);
  g_autofree char *count = reworks > 0 ? g_strdup_printf ("%d", (int) reworks) : NULL;

  baton_doc_fact (
      facts, _ ("Board"), name_of (passport, BATON_ENTITY_BOARD, text_of (passport, BATON_CARD_BOARD)));
  baton_doc_fact (
      facts, _ ("Stage"), name_of (passport, BATON_ENTITY_STAGE, text_of (passport, BATON_CARD_STAGE)));
  baton_doc_fact (facts, _ ("Campaign"),
      name_of (passport, BATON_ENTITY_CAMPAIGN, text_of (passport, BATON_CARD_CAMPAIGN)));
  baton_doc_fact (
      facts, _ ("Channel"), name_of (passport, BATON_ENTITY_CHANNEL, text_of (passport, BATON_CARD_CHANNEL)));
  baton_doc_fact (facts, _ ("Asset type"),
      name_of (passport, BATON_ENTITY_ASSET_TYPE, text_of (passport, BATON_CARD_ASSET_TYPE)));
  baton_doc_fact (
      facts, _ ("Creator"), name_of (passport, BATON_ENTITY_PERSON, text_of (passport, BATON_CARD_CREATOR)));
  baton_doc_fact (
      facts, _ ("Owner"), name_of (passport, BATON_ENTITY_PERSON, text_of (passport, BATON_CARD_OWNER)));
  add_set_fact (passport, facts, _ ("Members"), BATON_CARD_MEMBERS);
  add_set_fact (passport, facts, _ ("Labels"), BATON_CARD_LABELS);
  baton_doc_fact (facts, _ ("Urgency"), urgency != NULL ? baton_words_urgency (urgency) : NULL);
  baton_doc_fact (facts, _ ("Reason for the fast lane"), text_of (passport, BATON_CARD_FAST_REASON));
  add_time_fact (facts, _ ("Due"), baton_row_int (passport->card, BATON_CARD_DUE));
  add_time_fact (facts, _ ("Created"), baton_row_int (passport->card, BATON_CARD_CREATED));
  baton_doc_fact (facts, _ ("Blocked"), text_of (passport, BATON_CARD_BLOCKED_REASON));
  baton_doc_fact (facts, _ ("Changes requested so far"), count);
}

/* "3.1 MB · 2160 × 2700", "210 kB · 12 pages", "8 MB · 1920 × 1080 · 0:42". */
static char *
size_words (const BatonPassport *passport, const BatonRow *version)
{
  g_autofree char *bytes = g_format_size ((guint64) baton_row_int (version, BATON_VERSION_SIZE));
  GString *words = g_string_new (bytes);
  BatonProbe probe;

  baton_probe_version (passport->blobs, version, &probe);
  if (probe.pages > 1)
    g_string_append_printf (
        words, g_dngettext (GETTEXT_PACKAGE, " · %d page", " · %d pages", (gulong) probe.pages), probe.pages);
  else if (probe.width > 0)
    g_string_append_printf (words, " · %d × %d", probe.width, probe.height);
  if (probe.duration > 0)
    g_string_append_printf (
        words, " · %d:%02d", (int) (probe.duration / 60000), (int) (probe.duration / 1000 % 60));
  return g_string_free (words, FALSE);
}

/* The version that counts, in full. */
static void
add_current (const BatonPassport *passport, BatonDoc *doc, const BatonRow *asset)
{
  const char *id = baton_row_text (asset, BATON_ASSET_CURRENT);
  g_autoptr (BatonRow) row =
      id != NULL ? baton_reader_row (passport->reader, BATON_ENTITY_VERSION, id) : NULL;
  BatonDocBlock *facts;
  g_autofree char *size = NULL;
  g_autofree char *at = NULL;

  if (row == NULL)
    return;
  size = size_words (passport, row);
  at = baton_passport_time (baton_row_int (row, BATON_VERSION_CREATED));
  facts = baton_doc_facts (doc);
  baton_doc_fact (facts, _ ("Version that counts"), name_of (passport, BATON_ENTITY_VERSION, id));
  baton_doc_fact (facts, _ ("Status"), baton_words_status (baton_row_text (row, BATON_VERSION_STATUS)));
  baton_doc_fact (facts, _ ("File"), baton_row_text (row, BATON_VERSION_FILE));
  baton_doc_fact (facts, _ ("Size"), size);
  baton_doc_fact (facts, _ ("Content (BLAKE2b-256)"), baton_row_text (row, BATON_VERSION_BLOB));
  baton_doc_fact (facts, _ ("Trouble"), baton_passport_trouble (passport, row));
  baton_doc_fact (facts, _ ("Author"),
      name_of (passport, BATON_ENTITY_PERSON, baton_row_text (row, BATON_VERSION_AUTHOR)));
  baton_doc_fact (facts, _ ("Added"), at);
  baton_doc_fact (facts, _ ("Note"), baton_row_text (row, BATON_VERSION_NOTE));
}

static void
add_version (const BatonPassport *passport, BatonDocBlock *table, const BatonRow *row)
{
  g_autofree char *number = g_strdup_printf ("v%d", (int) baton_row_int (row, BATON_VERSION_NUMBER));
  g_autofree char *at = baton_passport_time (baton_row_int (row, BATON_VERSION_CREATED));
  const char *trouble = baton_passport_trouble (passport, row);
  const char *status = baton_words_status (baton_row_text (row, BATON_VERSION_STATUS));
  g_autofree char *words = trouble != NULL ? g_strdup_printf ("%s, %s", status, trouble) : g_strdup (status);

  baton_doc_row (table, number, words,
      name_of (passport, BATON_ENTITY_PERSON, baton_row_text (row, BATON_VERSION_AUTHOR)), at,
      baton_row_text (row, BATON_VERSION_FILE), baton_row_text (row, BATON_VERSION_NOTE), NULL);
}

static void
add_assets (const BatonPassport *passport, BatonDoc *doc)
{
  g_autoptr (GPtrArray) assets = baton_passport_rows (passport, BATON_ASSET_CARD, passport->card->id);

  for (guint i = 0; i < assets->len; i++)
    {
      const BatonRow *asset = g_ptr_array_index (assets, i);
      g_autoptr (GPtrArray) versions = baton_passport_versions (passport, asset->id);
      g_autofree char *heading = g_strdup_printf (_ ("Asset: %s"), baton_row_text (asset, BATON_ASSET_NAME));
      BatonDocBlock *table;

      baton_doc_heading (doc, 2, heading);
      add_current (passport, doc, asset);
      table = baton_doc_table (
          doc, _ ("Version"), _ ("Status"), _ ("Author"), _ ("Added"), _ ("File"), _ ("Note"), NULL);
      for (guint j = 0; j < versions->len; j++)
        add_version (passport, table, g_ptr_array_index (versions, j));
    }
}

static void
add_review_rows (
    const BatonPassport *passport, BatonDocBlock *decisions, BatonDocBlock *answers, const BatonRow *review)
{
  const char *version =
      name_of (passport, BATON_ENTITY_VERSION, baton_row_text (review, BATON_REVIEW_VERSION));
  g_autoptr (GPtrArray) said = baton_passport_rows (passport, BATON_DECISION_REVIEW, review->id);
  g_autoptr (GPtrArray) checks = baton_passport_rows (passport, BATON_ANSWER_REVIEW, review->id);

  for (guint i = 0; i < said->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (said, i);
      g_autofree char *at = baton_passport_time (baton_row_int (row, BATON_DECISION_CREATED));

      baton_doc_row (decisions, version, baton_words_decision (baton_row_text (row, BATON_DECISION_DECISION)),
          name_of (passport, BATON_ENTITY_PERSON, baton_row_text (row, BATON_DECISION_PERSON)), at,
          baton_row_text (row, BATON_DECISION_NOTE), NULL);
    }
  for (guint i = 0; i < checks->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (checks, i);

      baton_doc_row (answers, version,
          name_of (passport, BATON_ENTITY_REVIEW_CHECK, baton_row_text (row, BATON_ANSWER_CHECK)),
          baton_words_check_state (baton_row_text (row, BATON_ANSWER_STATE)),
          name_of (passport, BATON_ENTITY_PERSON, baton_row_text (row, BATON_ANSWER_PERSON)),
          baton_row_text (row, BATON_ANSWER_NOTE), NULL);
    }
}

static void
add_open_review (const BatonPassport *passport, BatonDoc *doc, const BatonRow *review)
{
  g_autofree char *people = baton_words_value (
      passport->names, BATON_REVIEW_REVIEWERS, baton_row_value (review, BATON_REVIEW_REVIEWERS));
  g_autofree char *ends = baton_passport_time (baton_row_int (review, BATON_REVIEW_ENDS));
  BatonDocBlock *facts;

  if (baton_row_int (review, BATON_REVIEW_CLOSED) != 0)
    return;
  facts = baton_doc_facts (doc);
  baton_doc_fact (facts, _ ("In review"),
      name_of (passport, BATON_ENTITY_VERSION, baton_row_text (review, BATON_REVIEW_VERSION)));
  baton_doc_fact (facts, _ ("Reviewers"), people);
  baton_doc_fact (facts, _ ("Until"), ends);
}

static void
drop_if_empty (BatonDoc *doc, BatonDocBlock *table)
{
  if (table->rows->len == 1)
    g_ptr_array_remove (doc->blocks, table);
}

static void
add_reviews (const BatonPassport *passport, BatonDoc *doc)
{
  g_autoptr (GPtrArray) reviews = baton_passport_rows (passport, BATON_REVIEW_CARD, passport->card->id);
  BatonDocBlock *decisions;
  BatonDocBlock *answers;

  if (reviews->len == 0)
    return;
  baton_doc_heading (doc, 2, _ ("Decisions"));
  for (guint i = 0; i < reviews->len; i++)
    add_open_review (passport, doc, g_ptr_array_index (reviews, i));
  decisions = baton_doc_table (doc, _ ("Version"), _ ("Decision"), _ ("Who"), _ ("When"), _ ("Note"), NULL);
  answers = baton_doc_table (doc, _ ("Version"), _ ("Criterion"), _ ("Answer"), _ ("Who"), _ ("Note"), NULL);
  for (guint i = 0; i < reviews->len; i++)
    add_review_rows (passport, decisions, answers, g_ptr_array_index (reviews, i));
  drop_if_empty (doc, decisions);
  drop_if_empty (doc, answers);
}

static void
add_dependency (const BatonPassport *passport, BatonDocBlock *table, const char *what, const char *id)
{
  g_autoptr (BatonRow) row = baton_reader_row (passport->reader, BATON_ENTITY_CARD, id);

  if (row != NULL)
    baton_doc_row (table, what, baton_row_text (row, BATON_CARD_TITLE),
        name_of (passport, BATON_ENTITY_STAGE, baton_row_text (row, BATON_CARD_STAGE)), NULL);
}

static void
add_dependencies (const BatonPassport *passport, BatonDoc *doc)
{
  g_auto (GStrv) blockers = baton_set_split (text_of (passport, BATON_CARD_BLOCKERS));
  g_autoptr (GPtrArray) dependents = baton_passport_dependents (passport);
  BatonDocBlock *table;

  if (blockers[0] == NULL && dependents->len == 0)
    return;
  baton_doc_heading (doc, 2, _ ("Dependencies"));
  table = baton_doc_table (doc, " ", _ ("Card"), _ ("Stage"), NULL);
  for (guint i = 0; blockers[i] != NULL; i++)
    add_dependency (passport, table, _ ("Waits for"), blockers[i]);
  for (guint i = 0; i < dependents->len; i++)
    add_dependency (passport, table, _ ("Is waited for by"), g_ptr_array_index (dependents, i));
}

static void
add_handoffs (const BatonPassport *passport, BatonDoc *doc)
{
  g_autoptr (GPtrArray) handoffs = baton_passport_handoffs (passport->reader, passport->card, NULL);
  BatonDocBlock *table;

  if (handoffs->len == 0)
    return;
  baton_doc_heading (doc, 2, _ ("Handoffs"));
  table = baton_doc_table (doc, _ ("When"), _ ("From"), _ ("To"), _ ("Who"), _ ("After"), NULL);
  for (guint i = 0; i < handoffs->len; i++)
    {
      const BatonHandoff *handoff = g_ptr_array_index (handoffs, i);
      g_autofree char *at = baton_passport_time (handoff->at);
      g_autofree char *stayed = baton_passport_duration (handoff->stayed);

      baton_doc_row (table, at, name_of (passport, BATON_ENTITY_STAGE, handoff->from),
          name_of (passport, BATON_ENTITY_STAGE, handoff->to),
          name_of (passport, BATON_ENTITY_PERSON, handoff->person), stayed, NULL);
    }
}

static void
add_text (const BatonPassport *passport, BatonDoc *doc, const char *heading, BatonField field)
{
  const char *text = text_of (passport, field);

  if (text == NULL || *text == '\0')
    return;
  baton_doc_heading (doc, 2, heading);
  baton_doc_text (doc, text);
}

BatonDoc *
baton_passport_doc (BatonReader *reader, BatonBlobs *blobs, const char *card, GError **error)
{
  g_auto (BatonPassport) passport = { NULL };
  BatonDoc *doc;

  if (!baton_passport_open (&passport, reader, blobs, card, error))
    return NULL;
  doc = baton_doc_new (baton_row_text (passport.card, BATON_CARD_TITLE));
  baton_doc_heading (doc, 1, doc->title);
  add_facts (&passport, doc);
  add_assets (&passport, doc);
  add_reviews (&passport, doc);
  add_dependencies (&passport, doc);
  add_text (&passport, doc, _ ("Brief"), BATON_CARD_BRIEF);
  add_text (&passport, doc, _ ("Context notes"), BATON_CARD_NOTES);
  add_text (&passport, doc, _ ("Audience"), BATON_CARD_AUDIENCE);
  add_handoffs (&passport, doc);
  return doc;
}

gboolean
baton_passport_format (const char *name, BatonPassportFormat *format)
{
  static const char *const names[][2] = { { "markdown", "md" }, { "html", "htm" }, { "pdf", "pdf" },
    { "json", "json" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (names[i][0], name) != 0 && g_ascii_strcasecmp (names[i][1], name) != 0)
        continue;
      *format = (BatonPassportFormat) i;
      return TRUE;
    }
  return FALSE;
}

gboolean
baton_passport_write (BatonReader *reader, BatonBlobs *blobs, const char *card, BatonPassportFormat format,
    const char *path, GError **error)
{
  g_autoptr (BatonDoc) doc =
      format != BATON_PASSPORT_JSON ? baton_passport_doc (reader, blobs, card, error) : NULL;
  g_autofree char *text = NULL;

  if (doc == NULL && format != BATON_PASSPORT_JSON)
    return FALSE;
  if (format == BATON_PASSPORT_PDF)
    return baton_doc_write_pdf (doc, path, error);
  text = format == BATON_PASSPORT_JSON   ? baton_passport_json (reader, blobs, card, error)
         : format == BATON_PASSPORT_HTML ? baton_doc_to_html (doc)
                                         : baton_doc_to_markdown (doc);
  return text != NULL && g_file_set_contents (path, text, -1, error);
}
