/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Operations and effects as JSON: there and back, and everything that is no operation. */

#include "baton-error.h"
#include "codec.h"
#include "test-ops.h"

#include <string.h>

#define ID "01890000-0000-7000-8000-000000000001"

static BatonTestPool *
pool_new (BatonTestRandom *random)
{
  BatonTestPool *pool = baton_test_pool_new ();

  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      for (guint i = 0; i < 4; i++)
        {
          g_autofree char *id = baton_test_id (random, 1000000);

          baton_test_pool_add (pool, entity, id);
        }
    }
  return pool;
}

static char *
write_op (const BatonOp *op)
{
  GString *text = g_string_new (NULL);

  baton_op_write (op, text);
  return g_string_free (text, FALSE);
}

static char *
write_values (const BatonOp *op)
{
  GString *text = g_string_new (NULL);

  baton_op_write_values (op, text);
  return g_string_free (text, FALSE);
}

static void
check_round_trip (BatonOp *op)
{
  g_autofree char *text = write_op (op);
  g_autofree char *values = write_values (op);
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonOp) back = baton_op_read (text, -1, &error);
  g_autoptr (BatonOp) filled = baton_op_new (op->verb);
  g_autoptr (BatonOp) copy = baton_op_copy (op);
  g_autofree char *again = NULL;
  g_autofree char *values_again = NULL;
  g_autofree char *copied = write_op (copy);

  g_assert_no_error (error);
  g_assert_cmpstr (copied, ==, text);
  again = write_op (back);
  g_assert_cmpstr (again, ==, text);
  g_assert_cmpint (back->at, ==, op->at);
  g_assert_cmpint (back->boot, ==, op->boot);
  g_assert_cmpint (back->number, ==, op->number);
  g_assert_cmpint (back->base, ==, op->base);
  g_assert_cmpstr (back->device, ==, op->device);
  g_assert_cmpstr (back->person, ==, op->person);
  g_assert_cmpstr (back->batch, ==, op->batch);
  g_assert_true (baton_op_read_values (filled, values, -1, &error));
  g_assert_no_error (error);
  values_again = write_values (filled);
  g_assert_cmpstr (values_again, ==, values);
}

static void
test_round_trip (void)
{
  BatonTestRandom random = baton_test_random (1);
  g_autoptr (BatonTestPool) pool = pool_new (&random);
  guint n = baton_test_rounds (40);

  for (guint verb = 0; verb < BATON_N_VERBS; verb++)
    {
      for (guint i = 0; i < n; i++)
        {
          g_autoptr (BatonOp) op =
              baton_test_op (pool, &random, verb, (gint64) (baton_test_next (&random) >> 12), 0);

          op->device = baton_test_id (&random, 1000000);
          op->number = 1 + baton_test_below (&random, 1000000);
          op->base = (gint64) (baton_test_next (&random) >> 1);
          op->batch = baton_test_chance (&random, 30) ? baton_test_id (&random, 1000000) : NULL;
          check_round_trip (op);
        }
    }
}

static void
test_texts (void)
{
  const char *text;

  for (guint i = 0; (text = baton_test_nasty_text (i)) != NULL; i++)
    {
      g_autoptr (BatonOp) op = baton_op_new (BATON_VERB_CARD_SET);
      g_autofree char *written = NULL;
      g_autoptr (BatonOp) back = NULL;

      baton_op_add_id (op, ID);
      baton_op_set_text (op, BATON_CARD_TITLE, text);
      written = write_op (op);
      g_assert_null (strchr (written, '\n'));
      back = baton_op_read (written, -1, NULL);
      g_assert_nonnull (back);
      g_assert_cmpstr (g_array_index (back->sets, BatonSet, 0).value.text, ==, text);
    }
}

static void
test_effects (void)
{
  BatonTestRandom random = baton_test_random (2);
  g_autoptr (BatonTestPool) pool = pool_new (&random);

  for (guint i = 0; i < baton_test_rounds (300); i++)
    {
      g_autoptr (BatonOp) op = baton_test_op (pool, &random, BATON_VERB_UNDO, 1000000, 0);
      g_autoptr (BatonRow) row = baton_row_new (BATON_ENTITY_CARD, ID);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) again = g_string_new (NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonEffect) back = NULL;

      baton_effect_add (op->changes, baton_change_new_created (row));
      baton_effect_write (op->changes, text);
      back = baton_effect_read (text->str, (gssize) text->len, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (back->changes->len, ==, op->changes->changes->len);
      baton_effect_write (back, again);
      g_assert_cmpstr (again->str, ==, text->str);
    }
}

static void
assert_refused (const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonOp) op = baton_op_read (text, length, &error);

  if (op != NULL)
    g_test_message ("accepted: %.200s", text);
  g_assert_null (op);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_CODEC);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  /* Whoever does not ask for the reason is told no as well. */
  g_assert_null (baton_op_read (text, length, NULL));
}

#define MOVE(values) \
  "{\"v\":1,\"dev\":\"" ID "\",\"n\":1,\"verb\":\"card.move\",\"at\":5,\"base\":0," values "}"
#define SET(values) \
  "{\"v\":1,\"dev\":\"" ID "\",\"n\":1,\"verb\":\"card.set\",\"at\":5,\"base\":0," values "}"
#define UNDO(values) \
  "{\"v\":1,\"dev\":\"" ID "\",\"n\":1,\"verb\":\"op.undo\",\"at\":5,\"base\":0," values "}"
#define ADD(values) \
  "{\"v\":1,\"dev\":\"" ID "\",\"n\":1,\"verb\":\"card.add\",\"at\":5,\"base\":0," values "}"

static void
test_wrong_json (void)
{
  static const char *const texts[] = { "", " ", "null", "7", "\"card.move\"", "[]", "[[]]", "{}", "{", "}",
    "nul", "{\"verb\":}", "{\"verb\":7}", "{\"verb\":null}", "{\"verb\":[\"card.move\"]}",
    "{'verb':'card.move'}", MOVE ("\"ids\":[\"" ID "\"]") "x", MOVE ("\"ids\":[\"" ID "\"],"),
    MOVE ("\"ids\":[\"" ID "\"],\"ids\":[]"), MOVE ("\"verb\":\"card.set\""),
    SET ("\"set\":{\"title\":\"a\",\"title\":\"b\"}"), SET ("\"set\":{\"title\":\"a\\u0000b\"}"),
    SET ("\"set\":{\"title\":\"\xff\"}"), SET ("\"set\":{\"title\":\"\xc0\x80\"}"),
    SET ("\"set\":{\"title\":\"\xed\xa0\x80\"}"), SET ("\"set\":{\"title\":\"\\ud800\"}"),
    SET ("\"set\":{\"due\":99999999999999999999}"), SET ("\"set\":{\"due\":-9223372036854775809}"),
    SET ("\"set\":{\"due\":1e400}") };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], -1);
  assert_refused ("{\"verb\":\"card.move\"}\0", 21);
}

static void
test_wrong_shape (void)
{
  static const char *const texts[] = { MOVE ("\"ids\":\"" ID "\""), MOVE ("\"ids\":{}"), MOVE ("\"ids\":[7]"),
    MOVE ("\"ids\":[null]"), MOVE ("\"ids\":[\"x\"]"), MOVE ("\"from\":7"), MOVE ("\"from\":[\"\"]"),
    MOVE ("\"to\":7"), MOVE ("\"to\":\"there\""), MOVE ("\"before\":[]"), MOVE ("\"after\":\"x\""),
    SET ("\"set\":[]"), SET ("\"set\":7"), SET ("\"set\":{\"colour\":\"x\"}"), SET ("\"set\":{\"title\":7}"),
    SET ("\"set\":{\"title\":true}"), SET ("\"set\":{\"title\":[\"a\"]}"), SET ("\"set\":{\"due\":\"5\"}"),
    SET ("\"set\":{\"due\":5.5}"), SET ("\"set\":{\"due\":1e3}"), SET ("\"link\":7"), SET ("\"link\":[7]"),
    SET ("\"link\":[[]]"), SET ("\"link\":[[\"labels\",\"+\"]]"),
    SET ("\"link\":[[\"labels\",\"?\",\"" ID "\"]]"), SET ("\"link\":[[\"labels\",\"+\",\"" ID "\",7]]"),
    SET ("\"link\":[[\"title\",\"+\",\"" ID "\"]]"), ADD ("\"rows\":7"), ADD ("\"rows\":[7]"),
    ADD ("\"rows\":[{}]"), ADD ("\"rows\":[{\"e\":\"card\"}]"),
    ADD ("\"rows\":[{\"e\":\"cart\",\"id\":\"" ID "\"}]"),
    ADD ("\"rows\":[{\"e\":\"card\",\"id\":\"" ID "\",\"set\":[]}]"),
    ADD ("\"rows\":[{\"e\":\"card\",\"id\":\"" ID "\",\"set\":{\"title\":7}}]"),
    ADD ("\"rows\":[{\"e\":\"card\",\"id\":\"" ID "\",\"before\":\"x\"}]"), UNDO ("\"targets\":7"),
    UNDO ("\"targets\":[7]"), UNDO ("\"changes\":7"), UNDO ("\"changes\":{}"), UNDO ("\"changes\":[7]"),
    UNDO ("\"changes\":[[]]"), UNDO ("\"changes\":[[\"+\",\"card\"]]"),
    UNDO ("\"changes\":[[\"card\",\"" ID "\",\"title\",7,\"b\"]]"),
    UNDO ("\"changes\":[[\"card\",\"" ID "\",\"title\",\"a\"]]"),
    UNDO ("\"changes\":[[\"card\",\"x\",\"title\",\"a\",\"b\"]]"),
    UNDO ("\"changes\":[[\"card\",\"" ID "\",\"colour\",\"a\",\"b\"]]"),
    "{\"verb\":\"card.move\",\"n\":\"7\"}", "{\"verb\":\"card.move\",\"n\":7.0}",
    "{\"verb\":\"card.move\",\"at\":[]}", "{\"verb\":\"card.move\",\"dev\":\"me\"}",
    "{\"verb\":\"card.move\",\"person\":\"me\"}", "{\"verb\":\"card.move\",\"batch\":7}",
    "{\"verb\":\"card.move\",\"dev\":\"" ID "\\u0000\"}", "{\"v\":2,\"verb\":\"card.move\"}",
    "{\"v\":\"1\",\"verb\":\"card.move\"}", "{\"v\":0,\"verb\":\"card.move\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], -1);
}

static void
test_wrong_values (void)
{
  static const char *const texts[] = { "", "[]", "7", "{\"ids\":7}", "{\"ids\":[\"x\"]}",
    "{\"set\":{\"title\":7}}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonOp) op = baton_op_new (BATON_VERB_CARD_SET);

      g_assert_false (baton_op_read_values (op, texts[i], -1, &error));
      g_assert_error (error, BATON_ERROR, BATON_ERROR_CODEC);
    }
  g_assert_null (baton_effect_read ("{}", -1, NULL));
  g_assert_null (baton_effect_read ("7", -1, NULL));
  g_assert_null (baton_effect_read ("[[\"+\"]]", -1, NULL));
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new ("{\"verb\":\"card.move\",\"ids\":");

  for (guint i = 0; i < 200000; i++)
    g_string_append_c (text, '[');
  assert_refused (text->str, -1);
  for (guint i = 0; i < 200000; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');
  assert_refused (text->str, -1);
}

/* Bytes are lost, changed, doubled: the reader answers yes or no, and what it accepts it can write again. */
static void
mutate (GString *text, BatonTestRandom *random)
{
  gsize at = baton_test_below (random, (guint) text->len);
  gsize length = 1 + baton_test_below (random, 8);

  switch (baton_test_below (random, 4))
    {
    case 0:
      g_string_truncate (text, at);
      break;
    case 1:
      text->str[at] = (char) (1 + baton_test_below (random, 255));
      break;
    case 2:
      g_string_erase (text, (gssize) at, (gssize) MIN (text->len - at, length));
      break;
    default:
      g_string_insert_c (text, (gssize) at, "{}[]\",:0-e\\"[baton_test_below (random, 11)]);
      break;
    }
}

static void
test_mutations (void)
{
  BatonTestRandom random = baton_test_random (3);
  g_autoptr (BatonTestPool) pool = pool_new (&random);
  guint accepted = 0;
  guint n = baton_test_rounds (6000);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BatonOp) op = baton_test_op (pool, &random, i % BATON_N_VERBS, 1000000, 0);
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (BatonOp) back = NULL;
      g_autofree char *again = NULL;

      baton_op_write (op, text);
      for (guint j = 0; j < 1 + i % 3 && text->len > 1; j++)
        mutate (text, &random);
      back = baton_op_read (text->str, (gssize) text->len, NULL);
      if (back == NULL)
        continue;
      again = write_op (back);
      g_assert_nonnull (again);
      accepted++;
    }
  g_test_message ("%u of %u mutants were operations", accepted, n);
  g_assert_cmpuint (accepted, <, n / 2);
}

/* A verb of a newer Baton is kept as it came. */
static void
test_unknown (void)
{
  const char *text =
      "{\"v\":1,\"dev\":\"" ID "\",\"n\":7,\"verb\":\"card.teleport\",\"at\":5,\"warp\":[1,{\"x\":null}]}";
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonOp) op = baton_op_read (text, -1, &error);
  g_autoptr (BatonOp) copy = NULL;
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (op->verb, ==, BATON_VERB_UNKNOWN);
  g_assert_cmpstr (op->unknown_verb, ==, "card.teleport");
  g_assert_cmpint (op->number, ==, 7);
  copy = baton_op_copy (op);
  again = write_op (copy);
  g_assert_cmpstr (again, ==, text);
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/codec/round-trip", test_round_trip);
  g_test_add_func ("/codec/texts", test_texts);
  g_test_add_func ("/codec/effects", test_effects);
  g_test_add_func ("/codec/wrong-json", test_wrong_json);
  g_test_add_func ("/codec/wrong-shape", test_wrong_shape);
  g_test_add_func ("/codec/wrong-values", test_wrong_values);
  g_test_add_func ("/codec/deep", test_deep);
  g_test_add_func ("/codec/mutations", test_mutations);
  g_test_add_func ("/codec/unknown-verb", test_unknown);
  return g_test_run ();
}
