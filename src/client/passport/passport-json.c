/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "passport-private.h"

#include "json.h"
#include "naming.h"

/* The keys stay what they are: scripts read them. */

static const char *
name_or_null (const BatonPassport *passport, BatonEntity entity, const char *id)
{
  return id != NULL ? baton_names_get (passport->names, entity, id) : NULL;
}

static void
write_name (
    const BatonPassport *passport, BatonJson *json, const char *key, BatonEntity entity, BatonField field)
{
  baton_json_string (json, key, name_or_null (passport, entity, baton_row_text (passport->card, field)));
}

static void
write_names (
    const BatonPassport *passport, BatonJson *json, const char *key, BatonEntity entity, const char *set)
{
  g_auto (GStrv) ids = baton_set_split (set);

  baton_json_begin_array (json, key);
  for (guint i = 0; ids[i] != NULL; i++)
    baton_json_string (json, NULL, baton_names_get (passport->names, entity, ids[i]));
  baton_json_end_array (json);
}

static void
write_facts (const BatonPassport *passport, BatonJson *json)
{
  const BatonRow *card = passport->card;

  baton_json_string (json, "id", card->id);
  baton_json_string (json, "title", baton_row_text (card, BATON_CARD_TITLE));
  write_name (passport, json, "board", BATON_ENTITY_BOARD, BATON_CARD_BOARD);
  write_name (passport, json, "stage", BATON_ENTITY_STAGE, BATON_CARD_STAGE);
  write_name (passport, json, "campaign", BATON_ENTITY_CAMPAIGN, BATON_CARD_CAMPAIGN);
  write_name (passport, json, "channel", BATON_ENTITY_CHANNEL, BATON_CARD_CHANNEL);
  write_name (passport, json, "asset_type", BATON_ENTITY_ASSET_TYPE, BATON_CARD_ASSET_TYPE);
  write_name (passport, json, "creator", BATON_ENTITY_PERSON, BATON_CARD_CREATOR);
  write_name (passport, json, "owner", BATON_ENTITY_PERSON, BATON_CARD_OWNER);
  write_names (passport, json, "members", BATON_ENTITY_PERSON, baton_row_text (card, BATON_CARD_MEMBERS));
  write_names (passport, json, "labels", BATON_ENTITY_LABEL, baton_row_text (card, BATON_CARD_LABELS));
  baton_json_string (json, "urgency", baton_row_text (card, BATON_CARD_URGENCY));
  baton_json_string (json, "fast_reason", baton_row_text (card, BATON_CARD_FAST_REASON));
  baton_json_time (json, "due", baton_row_int (card, BATON_CARD_DUE));
  baton_json_time (json, "created", baton_row_int (card, BATON_CARD_CREATED));
  baton_json_string (json, "blocked_reason", baton_row_text (card, BATON_CARD_BLOCKED_REASON));
  baton_json_int (json, "reworks", baton_row_int (card, BATON_CARD_REWORKS));
  baton_json_time (json, "review_ends", baton_row_int (card, BATON_CARD_REVIEW_ENDS));
  baton_json_string (json, "brief", baton_row_text (card, BATON_CARD_BRIEF));
  baton_json_string (json, "notes", baton_row_text (card, BATON_CARD_NOTES));
  baton_json_string (json, "audience", baton_row_text (card, BATON_CARD_AUDIENCE));
}

static void
write_version (const BatonPassport *passport, BatonJson *json, const BatonRow *row, const char *current)
{
  const char *hash = baton_row_text (row, BATON_VERSION_BLOB);
  g_autofree char *export_name = baton_naming_export_name (passport->reader, row);

  baton_json_begin_object (json, NULL);
  baton_json_string (json, "id", row->id);
  baton_json_int (json, "version", baton_row_int (row, BATON_VERSION_NUMBER));
  baton_json_bool (json, "current", g_strcmp0 (current, row->id) == 0);
  baton_json_string (json, "status", baton_row_text (row, BATON_VERSION_STATUS));
  baton_json_string (json, "author",
      name_or_null (passport, BATON_ENTITY_PERSON, baton_row_text (row, BATON_VERSION_AUTHOR)));
  baton_json_time (json, "created", baton_row_int (row, BATON_VERSION_CREATED));
  baton_json_string (json, "file", baton_row_text (row, BATON_VERSION_FILE));
  baton_json_string (json, "export_name", export_name);
  baton_json_int (json, "size", baton_row_int (row, BATON_VERSION_SIZE));
  baton_json_string (json, "media", baton_row_text (row, BATON_VERSION_MEDIA));
  baton_json_string (json, "hash", hash);
  baton_json_string (json, "note", baton_row_text (row, BATON_VERSION_NOTE));
  baton_json_bool (json, "damaged", baton_blobs_is_damaged (passport->blobs, hash));
  baton_json_bool (json, "here", baton_blobs_size (passport->blobs, hash) >= 0);
  baton_json_end_object (json);
}

static void
write_assets (const BatonPassport *passport, BatonJson *json)
{
  g_autoptr (GPtrArray) assets = baton_passport_rows (passport, BATON_ASSET_CARD, passport->card->id);

  baton_json_begin_array (json, "assets");
  for (guint i = 0; i < assets->len; i++)
    {
      const BatonRow *asset = g_ptr_array_index (assets, i);
      g_autoptr (GPtrArray) versions = baton_passport_versions (passport, asset->id);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "id", asset->id);
      baton_json_string (json, "name", baton_row_text (asset, BATON_ASSET_NAME));
      baton_json_begin_array (json, "versions");
      for (guint j = 0; j < versions->len; j++)
        write_version (
            passport, json, g_ptr_array_index (versions, j), baton_row_text (asset, BATON_ASSET_CURRENT));
      baton_json_end_array (json);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
write_said (const BatonPassport *passport, BatonJson *json, const BatonRow *review)
{
  g_autoptr (GPtrArray) decisions = baton_passport_rows (passport, BATON_DECISION_REVIEW, review->id);
  g_autoptr (GPtrArray) answers = baton_passport_rows (passport, BATON_ANSWER_REVIEW, review->id);

  baton_json_begin_array (json, "decisions");
  for (guint i = 0; i < decisions->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (decisions, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "person",
          name_or_null (passport, BATON_ENTITY_PERSON, baton_row_text (row, BATON_DECISION_PERSON)));
      baton_json_string (json, "decision", baton_row_text (row, BATON_DECISION_DECISION));
      baton_json_time (json, "at", baton_row_int (row, BATON_DECISION_CREATED));
      baton_json_string (json, "note", baton_row_text (row, BATON_DECISION_NOTE));
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
  baton_json_begin_array (json, "criteria");
  for (guint i = 0; i < answers->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (answers, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "criterion",
          name_or_null (passport, BATON_ENTITY_REVIEW_CHECK, baton_row_text (row, BATON_ANSWER_CHECK)));
      baton_json_string (json, "state", baton_row_text (row, BATON_ANSWER_STATE));
      baton_json_string (json, "person",
          name_or_null (passport, BATON_ENTITY_PERSON, baton_row_text (row, BATON_ANSWER_PERSON)));
      baton_json_string (json, "note", baton_row_text (row, BATON_ANSWER_NOTE));
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
write_reviews (const BatonPassport *passport, BatonJson *json)
{
  g_autoptr (GPtrArray) reviews = baton_passport_rows (passport, BATON_REVIEW_CARD, passport->card->id);

  baton_json_begin_array (json, "reviews");
  for (guint i = 0; i < reviews->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (reviews, i);
      g_autoptr (BatonRow) version = baton_reader_row (
          passport->reader, BATON_ENTITY_VERSION, baton_row_text (row, BATON_REVIEW_VERSION));

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "asset",
          name_or_null (passport, BATON_ENTITY_ASSET, baton_row_text (row, BATON_REVIEW_ASSET)));
      baton_json_int (json, "version", version != NULL ? baton_row_int (version, BATON_VERSION_NUMBER) : 0);
      baton_json_string (json, "requester",
          name_or_null (passport, BATON_ENTITY_PERSON, baton_row_text (row, BATON_REVIEW_REQUESTER)));
      write_names (
          passport, json, "reviewers", BATON_ENTITY_PERSON, baton_row_text (row, BATON_REVIEW_REVIEWERS));
      baton_json_int (json, "needed", baton_row_int (row, BATON_REVIEW_NEEDED));
      baton_json_time (json, "requested", baton_row_int (row, BATON_REVIEW_CREATED));
      baton_json_time (json, "ends", baton_row_int (row, BATON_REVIEW_ENDS));
      baton_json_time (json, "closed", baton_row_int (row, BATON_REVIEW_CLOSED));
      baton_json_string (json, "outcome", baton_row_text (row, BATON_REVIEW_OUTCOME));
      write_said (passport, json, row);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
write_card (const BatonPassport *passport, BatonJson *json, const char *id)
{
  g_autoptr (BatonRow) row = baton_reader_row (passport->reader, BATON_ENTITY_CARD, id);

  if (row == NULL)
    return;
  baton_json_begin_object (json, NULL);
  baton_json_string (json, "id", id);
  baton_json_string (json, "title", baton_row_text (row, BATON_CARD_TITLE));
  baton_json_string (
      json, "stage", name_or_null (passport, BATON_ENTITY_STAGE, baton_row_text (row, BATON_CARD_STAGE)));
  baton_json_end_object (json);
}

static void
write_dependencies (const BatonPassport *passport, BatonJson *json)
{
  g_auto (GStrv) blockers = baton_set_split (baton_row_text (passport->card, BATON_CARD_BLOCKERS));
  g_autoptr (GPtrArray) dependents = baton_passport_dependents (passport);

  baton_json_begin_array (json, "waits_for");
  for (guint i = 0; blockers[i] != NULL; i++)
    write_card (passport, json, blockers[i]);
  baton_json_end_array (json);
  baton_json_begin_array (json, "waited_for_by");
  for (guint i = 0; i < dependents->len; i++)
    write_card (passport, json, g_ptr_array_index (dependents, i));
  baton_json_end_array (json);
}

static void
write_handoffs (const BatonPassport *passport, BatonJson *json)
{
  g_autoptr (GPtrArray) handoffs = baton_passport_handoffs (passport->reader, passport->card, NULL);

  baton_json_begin_array (json, "handoffs");
  for (guint i = 0; i < handoffs->len; i++)
    {
      const BatonHandoff *handoff = g_ptr_array_index (handoffs, i);

      baton_json_begin_object (json, NULL);
      baton_json_time (json, "at", handoff->at);
      baton_json_string (json, "person", name_or_null (passport, BATON_ENTITY_PERSON, handoff->person));
      baton_json_string (json, "from", name_or_null (passport, BATON_ENTITY_STAGE, handoff->from));
      baton_json_string (json, "to", name_or_null (passport, BATON_ENTITY_STAGE, handoff->to));
      baton_json_double (json, "stayed_hours", (double) handoff->stayed / G_TIME_SPAN_HOUR);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

char *
baton_passport_json (BatonReader *reader, BatonBlobs *blobs, const char *card, GError **error)
{
  g_auto (BatonPassport) passport = { NULL };
  GString *out;
  BatonJson json;

  if (!baton_passport_open (&passport, reader, blobs, card, error))
    return NULL;
  out = g_string_new (NULL);
  baton_json_init (&json, out);
  baton_json_begin_object (&json, NULL);
  write_facts (&passport, &json);
  write_assets (&passport, &json);
  write_reviews (&passport, &json);
  write_dependencies (&passport, &json);
  write_handoffs (&passport, &json);
  baton_json_end_object (&json);
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}
