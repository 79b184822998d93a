/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Bodies of a push, as the server's logic sees them. Nothing that a client sends may be answered with a
 * temporary error, because its queue would stand still for ever; and what was accepted can be read by every
 * other client. DEVICE, EPOCH, PERSON, BOARD, STAGE and CARD stand for what they say. */

#include "fuzz.h"

#include "allow.h"
#include "codec-json.h"
#include "codec.h"
#include "hub.h"
#include "store.h"

#include <string.h>

static BatonHub *hub;
static BatonReader *reader;
static char *person, *board, *stage, *card;
static char *devices[8];
static guint n_pushed;
static gint64 now = G_GINT64_CONSTANT (1767009600000000);

static void
fill (void)
{
  static const char *const kinds[] = { "person", "board", "stage", "card" };
  char **ids[] = { &person, &board, &stage, &card };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *verb = g_strconcat (kinds[i], ".add", NULL);
      BatonOp *op = baton_op_new (baton_verb_find (verb));
      BatonEntity entity = baton_verb_info (op->verb)->entity;
      BatonRow *row;
      g_autoptr (GError) error = NULL;

      *ids[i] = baton_store_new_id ();
      row = baton_op_add_row (op, entity, *ids[i]);
      if (i == 2)
        {
          baton_row_set_text (row, BATON_STAGE_BOARD, board);
          baton_row_set_text (row, BATON_STAGE_KIND, "active");
        }
      if (i == 3)
        baton_row_set_text (row, BATON_CARD_STAGE, stage);
      baton_row_set_text (row,
          i == 0   ? BATON_PERSON_NAME
          : i == 1 ? BATON_BOARD_NAME
          : i == 2 ? BATON_STAGE_NAME
                   : BATON_CARD_TITLE,
          "Baton");
      baton_hub_perform (hub, op, now, &error);
      g_assert_no_error (error);
    }
}

static void
begin (const char *folder)
{
  g_autoptr (GError) error = NULL;

  hub = baton_hub_open (folder, &error);
  g_assert_no_error (error);
  baton_allow_attach (hub);
  fill ();
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    devices[i] = baton_store_new_id ();
  reader = baton_reader_open (baton_hub_database (hub), &error);
  g_assert_no_error (error);
}

static void
end (void)
{
  g_autofree char *database = g_strdup (baton_hub_database (hub));

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    g_clear_pointer (&devices[i], g_free);
  g_clear_pointer (&person, g_free);
  g_clear_pointer (&board, g_free);
  g_clear_pointer (&stage, g_free);
  g_clear_pointer (&card, g_free);
  baton_reader_close (reader);
  baton_hub_close (hub);
  fuzz_verify (database);
}

static const FuzzStage fuzz = { "push", 3000, begin, end };

/* What another client gets. */
static void
check_entries (gint64 after)
{
  g_autoptr (GString) text = g_string_new (NULL);
  json_t *root, *entries, *entry;
  size_t i;

  g_assert_cmpuint (baton_hub_pull (reader, baton_hub_epoch (hub), NULL, after, 500, now, text), ==, 200);
  root = json_loadb (text->str, text->len, JSON_REJECT_DUPLICATES, NULL);
  g_assert_nonnull (root);
  entries = json_object_get (root, "entries");
  json_array_foreach (entries, i, entry)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonOp) op = baton_op_read_json (json_object_get (entry, "op"), &error);

      g_assert_no_error (error);
      g_assert_cmpint (op->verb, !=, BATON_VERB_UNKNOWN);
      g_assert_cmpint (json_integer_value (json_object_get (entry, "seq")), ==, after + 1 + (gint64) i);
    }
  json_decref (root);
}

static void
push (const char *body, gsize length, int protocol)
{
  g_autoptr (GString) reply = g_string_new (NULL);
  BatonHubPush one = { .caller = { person, "owner", now += 1000, protocol }, body, length, 0, reply };
  gint64 head = baton_hub_head (hub);
  json_t *root;

  baton_hub_push (hub, &one, 1);
  if (one.status != 200 && one.status != 400 && one.status != 409 && one.status != 413)
    g_error ("a push was answered %u: %s", one.status, reply->str);
  root = json_loadb (reply->str, reply->len, JSON_REJECT_DUPLICATES, NULL);
  g_assert_nonnull (root);
  g_assert_true (one.status == 200 || json_is_string (json_object_get (root, "error")));
  json_decref (root);
  if (baton_hub_head (hub) > head)
    check_entries (head);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GByteArray) body = NULL;
  g_autoptr (GString) greeting = g_string_new (NULL);
  g_autofree char *device = NULL;

  fuzz_stage (&fuzz);
  device =
      n_pushed++ % 3 == 0 ? g_strdup (devices[n_pushed % G_N_ELEMENTS (devices)]) : baton_store_new_id ();
  {
    const char *const pairs[] = { "DEVICE", device, "EPOCH", baton_hub_epoch (hub), "PERSON", person, "BOARD",
      board, "STAGE", stage, "CARD", card, NULL };

    body = fuzz_replace (data, size, pairs);
  }
  push ((const char *) body->data, body->len, 2);
  push ((const char *) body->data, body->len, 1);
  baton_hub_hello (reader, (const char *) body->data, body->len, TRUE, now, greeting);
  return 0;
}
