/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "exchange-common.h"

#include "trello-maker.h"

#include <string.h>

/* Files that are not what they should be: refused with a sentence, or carried with a line in the summary. */

#define LIST "{\"id\":\"54b0fd9defd4ce21e65f801a\",\"name\":\"L\",\"pos\":1,\"closed\":false}"
#define BOARD(rest) "{\"id\":\"54b0fd8dee901a913afe5f84\",\"name\":\"B\",\"lists\":[" LIST "]," rest "}"
#define CARD_HEAD "{\"id\":\"54b4a456d95c5fe0ac9e6269\",\"idList\":\"54b0fd9defd4ce21e65f801a\","

static void
assert_refused (const char *text, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  BatonWorkspace *workspace;
  char *folder;

  workspace = fresh_workspace (&folder);
  before = dump_workspace (workspace);
  g_assert_null (baton_exchange_plan_trello (bytes, baton_workspace_reader (workspace), NULL, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_suffix (error->message, "Nothing was imported."));
  after = dump_workspace (workspace);
  g_assert_cmpstr (before, ==, after);
  close_workspace (workspace, folder);
}

static void
test_not_a_board (void)
{
  static const char *const texts[] = { "", "   \n", "<!DOCTYPE html><html><body>Log in</body></html>",
    "hello", "[]", "null", "42", "\"text\"", "{}", "{\"lists\":null,\"cards\":null}",
    "{\"lists\":\"a\",\"cards\":{}}", "{\"id\":\"x\",\"name\":\"caf\xe9\",\"lists\":[]}", "{\"lists\":[",
    "{\"lists\":[{\"name\":\"cut o", "PK\x03\x04", "{\"lists\":[],}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], strlen (texts[i]));
  assert_refused ("\x00\x01\x02\x03", 4);
}

static void
test_deep (void)
{
  g_autoptr (GString) deep = g_string_new ("{\"lists\":");

  for (guint i = 0; i < 200000; i++)
    g_string_append_c (deep, '[');
  assert_refused (deep->str, deep->len);
  for (guint i = 0; i < 200000; i++)
    g_string_append_c (deep, ']');
  g_string_append_c (deep, '}');
  assert_refused (deep->str, deep->len);
}

static void
test_large (void)
{
  gsize length = 50 * 1000 * 1000;
  g_autofree char *zeros = g_malloc0 (length);

  assert_refused (zeros, length);
  memset (zeros, 'x', length);
  assert_refused (zeros, length);
  memset (zeros, '[', length);
  assert_refused (zeros, length);
  memset (zeros, ' ', length);
  assert_refused (zeros, length);
}

static void
test_cut (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (test_seed ());
  const TrelloSize size = { 3, 5, 20 };
  json_t *root = make_trello (rand, &size);
  g_autoptr (GBytes) bytes = json_bytes (root);
  gsize length = g_bytes_get_size (bytes);

  for (gsize n = 1; n + 1 < length; n += length / 10)
    assert_refused (g_bytes_get_data (bytes, NULL), n);
  json_decref (root);
}

/* Imports a text and gives the workspace and the plan for a look. */
static BatonImportPlan *
carried (const char *text, BatonWorkspace **workspace, char **folder)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  BatonImportPlan *plan;
  g_autofree char *described = NULL;
  GError *error = NULL;

  *workspace = fresh_workspace (folder);
  plan = plan_trello (*workspace, bytes, BATON_IMPORT_ASK);
  described = baton_import_plan_describe (plan);
  g_test_message ("%s", described);
  g_assert_true (baton_exchange_import (*workspace, plan, NULL, NULL, &error));
  g_assert_no_error (error);
  return plan;
}

/* One thing is odd: the card arrives and the summary has a line. */
static void
assert_told (const char *text, const char *what, gint64 count)
{
  g_autoptr (BatonImportPlan) plan = NULL;
  BatonWorkspace *workspace;
  char *folder;

  plan = carried (text, &workspace, &folder);
  g_assert_cmpint (summary_count (plan, what), ==, count);
  close_workspace (workspace, folder);
}

static void
test_told (void)
{
  assert_told (BOARD ("\"cards\":[" CARD_HEAD "\"name\":\"\"}]"), "without a name", 1);
  assert_told (BOARD ("\"cards\":[" CARD_HEAD "\"name\":\" \\n \"}]"), "without a name", 1);
  assert_told (BOARD ("\"cards\":[" CARD_HEAD "\"name\":\"a\\u0000b\"}]"), "zero characters", 1);
  assert_told (
      BOARD ("\"cards\":[" CARD_HEAD "\"name\":\"a\",\"due\":\"soon\"}]"), "dates that cannot be read", 1);
  assert_told (BOARD ("\"cards\":[" CARD_HEAD "\"name\":\"a\"}," CARD_HEAD "\"name\":\"b\"}]"),
      "entries with an id that was there before", 1);
  assert_told (BOARD ("\"cards\":[{\"id\":\"54b4a456d95c5fe0ac9e6269\",\"idList\":\"none\",\"name\":\"a\"}]"),
      "cards of a list that is not in the file", 1);
  assert_told (
      BOARD ("\"cards\":[" CARD_HEAD "\"name\":\"a\",\"attachments\":[{\"id\":\"54b4a456d95c5fe0ac9e6270\","
             "\"name\":\"x\",\"url\":\"javascript:alert(1)\"},{\"name\":\"y\",\"url\":\"file:///etc/"
             "passwd\"}]}]"),
      "attachments that are no web address", 2);
  assert_told (BOARD ("\"cards\":[" CARD_HEAD "\"name\":\"a\",\"idMembers\":\"all\",\"labels\":{}}]"),
      "values of an unexpected kind", 2);
  assert_told ("{\"lists\":[],\"cards\":[]}", "board without lists", 1);
  assert_told (
      BOARD ("\"cards\":[" CARD_HEAD "\"name\":\"a\",\"badges\":{\"comments\":3}}]"), "older comments", 3);
}

static void
test_nulls (void)
{
  g_autoptr (BatonImportPlan) plan = NULL;
  BatonWorkspace *workspace;
  char *folder;

  plan = carried (
      "{\"id\":null,\"name\":null,\"desc\":null,\"lists\":[null,{\"id\":null,\"name\":null,\"pos\":null}],"
      "\"cards\":[null,{\"id\":null,\"name\":null,\"idList\":null,\"labels\":null,\"idMembers\":[null],"
      "\"attachments\":[null],\"customFieldItems\":[null],\"due\":null}],\"labels\":[null],\"members\":[null]"
      ","
      "\"checklists\":[null,{\"id\":null,\"checkItems\":[null]}],\"customFields\":[null],"
      "\"actions\":[null,{\"type\":null,\"data\":null,\"date\":null},{\"type\":\"updateCard\",\"data\":null,"
      "\"date\":\"2020-01-01T00:00:00Z\"},{\"type\":\"addMemberToCard\",\"date\":\"2020-01-01T00:00:00Z\"}]}",
      &workspace, &folder);
  g_assert_cmpint (summary_count (plan, "cards"), ==, 1);
  close_workspace (workspace, folder);
}

/* The link is in the notes as text; there is no address to click on. */
static void
test_javascript (void)
{
  g_autoptr (BatonImportPlan) plan = NULL;
  g_autoptr (GPtrArray) links = NULL;
  g_autoptr (BatonRow) card = NULL;
  BatonWorkspace *workspace;
  char *folder;

  plan = carried (
      BOARD ("\"cards\":[" CARD_HEAD "\"name\":\"a\",\"attachments\":[{\"id\":\"54b4a456d95c5fe0ac9e6270\","
             "\"name\":\"x\",\"url\":\" JavaScript:alert(1)\"},{\"id\":\"54b4a456d95c5fe0ac9e6271\",\"url\":"
             "\"https://example.org/\",\"name\":null}]}]"),
      &workspace, &folder);
  links = rows_of (workspace, BATON_ENTITY_LINK, BATON_FIELD_NONE, NULL);
  g_assert_cmpuint (links->len, ==, 1);
  g_assert_cmpstr (baton_row_text (g_ptr_array_index (links, 0), BATON_LINK_URL), ==, "https://example.org/");
  card = find_row (workspace, BATON_ENTITY_CARD, "54b4a456d95c5fe0ac9e6269");
  g_assert_cmpstr (baton_row_text (card, BATON_CARD_NOTES), ==, "x:  JavaScript:alert(1)");
  close_workspace (workspace, folder);
}

/* The action that made the card is later than another on it: then the card was there before. */
static void
test_made_late (void)
{
  g_autoptr (BatonImportPlan) plan = NULL;
  g_autoptr (BatonRow) card = NULL;
  BatonWorkspace *workspace;
  char *folder;

  plan =
      carried (BOARD ("\"cards\":[" CARD_HEAD "\"name\":\"now\"}],\"actions\":["
                      "{\"type\":\"createCard\",\"date\":\"2015-01-01T12:00:00Z\",\"data\":{\"card\":{\"id\":"
                      "\"54b4a456d95c5fe0ac9e6269\"}}},"
                      "{\"type\":\"updateCard\",\"date\":\"2015-01-01T11:00:00Z\",\"data\":{\"card\":{\"id\":"
                      "\"54b4a456d95c5fe0ac9e6269\",\"name\":\"now\"},\"old\":{\"name\":\"before\"}}}]"),
          &workspace, &folder);
  card = find_row (workspace, BATON_ENTITY_CARD, "54b4a456d95c5fe0ac9e6269");
  g_assert_cmpint (baton_row_int (card, BATON_CARD_CREATED), ==, 1420110000 * (gint64) G_USEC_PER_SEC);
  g_assert_cmpstr (baton_row_text (card, BATON_CARD_TITLE), ==, "now");
  close_workspace (workspace, folder);
}

static void
test_long_title (void)
{
  g_autoptr (BatonImportPlan) plan = NULL;
  g_autoptr (GString) text = g_string_new ("{\"lists\":[" LIST "],\"cards\":[" CARD_HEAD "\"name\":\"");
  g_autoptr (BatonRow) card = NULL;
  BatonWorkspace *workspace;
  char *folder;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "ü");
  g_string_append (text, "\"}],\"labels\":[{\"id\":\"54b4a456d95c5fe0ac9e6280\",\"name\":\"");
  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "ü");
  g_string_append (text, "\"}]}");
  plan = carried (text->str, &workspace, &folder);
  card = find_row (workspace, BATON_ENTITY_CARD, "54b4a456d95c5fe0ac9e6269");
  g_assert_cmpint (g_utf8_strlen (baton_row_text (card, BATON_CARD_TITLE), -1), ==, 100000);
  g_assert_cmpint (summary_count (plan, "texts too long"), ==, 1);
  close_workspace (workspace, folder);
}

/* A file from the early days: no ids on labels, no members, people only in the actions. */
static void
test_old (void)
{
  g_autoptr (BatonImportPlan) plan = NULL;
  g_autoptr (GPtrArray) labels = NULL;
  g_autoptr (GPtrArray) comments = NULL;
  g_autoptr (BatonRow) person = NULL;
  g_autoptr (BatonRow) first = NULL;
  g_autoptr (BatonRow) second = NULL;
  BatonWorkspace *workspace;
  char *folder;

  plan = carried (
      BOARD (
          "\"labelNames\":{\"green\":\"Idea\",\"red\":\"\"},\"cards\":[" CARD_HEAD
          "\"name\":\"a\",\"labels\":[{\"color\":\"green\",\"name\":\"Idea\"},{\"color\":\"red\",\"name\":"
          "\"\"}],"
          "\"customFieldItems\":[{\"idCustomField\":\"54b4a456d95c5fe0ac9e6290\",\"idValue\":\"o\"}],"
          "\"idMembers\":[\"5a0b1c2d00000000000000a1\",\"5a0b1c2d00000000000000a2\"],"
          "\"start\":\"2015-01-01T00:00:00Z\",\"dueComplete\":true}],"
          "\"customFields\":[{\"id\":\"54b4a456d95c5fe0ac9e6290\",\"name\":\"F\",\"options\":[{\"id\":\"o\","
          "\"value\":{\"text\":\"Chosen\"}}]}],"
          "\"actions\":[{\"id\":\"54b4a456d95c5fe0ac9e6300\",\"type\":\"commentCard\",\"date\":"
          "\"2015-02-01T00:00:00Z\",\"memberCreator\":{\"id\":\"54b0f93354de21ef3a8de952\",\"fullName\":"
          "\"Ann\"},\"data\":{\"text\":\"Hi\",\"card\":{\"id\":\"54b4a456d95c5fe0ac9e6269\"}}}]"),
      &workspace, &folder);
  labels = rows_of (workspace, BATON_ENTITY_LABEL, BATON_FIELD_NONE, NULL);
  g_assert_cmpuint (labels->len, ==, 2);
  g_assert_cmpint (summary_count (plan, "values of custom fields"), ==, 3);
  person = find_row (workspace, BATON_ENTITY_PERSON, "54b0f93354de21ef3a8de952");
  g_assert_cmpstr (baton_row_text (person, BATON_PERSON_NAME), ==, "Ann");
  /* Who is known by an id alone is told from who joined in the same second. */
  first = find_row (workspace, BATON_ENTITY_PERSON, "5a0b1c2d00000000000000a1");
  second = find_row (workspace, BATON_ENTITY_PERSON, "5a0b1c2d00000000000000a2");
  g_assert_cmpstr (baton_row_text (first, BATON_PERSON_NAME), ==, "trello 000000a1");
  g_assert_cmpstr (baton_row_text (second, BATON_PERSON_NAME), ==, "trello 000000a2");
  comments = rows_of (workspace, BATON_ENTITY_COMMENT, BATON_FIELD_NONE, NULL);
  g_assert_cmpuint (comments->len, ==, 1);
  g_assert_cmpstr (baton_row_text (g_ptr_array_index (comments, 0), BATON_COMMENT_AUTHOR), ==, person->id);
  close_workspace (workspace, folder);
}

static json_t *
rubbish (GRand *rand)
{
  switch (g_rand_int_range (rand, 0, 9))
    {
    case 0:
      return json_null ();
    case 1:
      return json_string ("");
    case 2:
      return json_string ("not what it should be");
    case 3:
      return json_integer (g_rand_int (rand));
    case 4:
      return json_real (-1e300);
    case 5:
      return json_true ();
    case 6:
      return json_array ();
    case 7:
      return json_pack ("[n,s,{s:s}]", "x", "id", "x");
    default:
      return json_pack ("{s:s,s:n}", "id", "54b4a456d95c5fe0ac9e6269", "name");
    }
}

/* Anything may stand in any place. */
static void
spoil (GRand *rand, json_t *value, guint one_in)
{
  const char *key;
  json_t *member;
  void *next;
  size_t i;

  json_object_foreach_safe (value, next, key, member)
  {
    if (g_rand_int_range (rand, 0, (gint32) one_in) == 0)
      json_object_set_new (value, key, rubbish (rand));
    else
      spoil (rand, member, one_in);
  }
  json_array_foreach (value, i, member)
    {
      if (g_rand_int_range (rand, 0, (gint32) one_in) == 0)
        json_array_set_new (value, i, rubbish (rand));
      else
        spoil (rand, member, one_in);
    }
}

static void
test_spoiled (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (test_seed ());

  for (guint round = 0; round < test_rounds (60); round++)
    {
      const TrelloSize size = { 3, 8, 80 };
      json_t *root = make_trello (rand, &size);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (BatonImportPlan) plan = NULL;
      g_autoptr (BatonImportPlan) update = NULL;
      g_autoptr (GError) error = NULL;
      BatonImportOptions options = { BATON_IMPORT_UPDATE };
      BatonWorkspace *workspace;
      char *folder;

      spoil (rand, root, (guint) g_rand_int_range (rand, 5, 300));
      bytes = json_bytes (root);
      workspace = fresh_workspace (&folder);
      plan = baton_exchange_plan_trello (bytes, baton_workspace_reader (workspace), NULL, NULL, &error);
      if (plan != NULL)
        {
          baton_exchange_import (workspace, plan, NULL, NULL, &error);
          g_assert_no_error (error);
          update =
              baton_exchange_plan_trello (bytes, baton_workspace_reader (workspace), &options, NULL, &error);
          g_assert_no_error (error);
          baton_exchange_import (workspace, update, NULL, NULL, &error);
          g_assert_no_error (error);
        }
      json_decref (root);
      close_workspace (workspace, folder);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trello/not-a-board", test_not_a_board);
  g_test_add_func ("/trello/deep", test_deep);
  g_test_add_func ("/trello/large", test_large);
  g_test_add_func ("/trello/cut", test_cut);
  g_test_add_func ("/trello/told", test_told);
  g_test_add_func ("/trello/nulls", test_nulls);
  g_test_add_func ("/trello/javascript", test_javascript);
  g_test_add_func ("/trello/made-late", test_made_late);
  g_test_add_func ("/trello/long-title", test_long_title);
  g_test_add_func ("/trello/old", test_old);
  g_test_add_func ("/trello/spoiled", test_spoiled);
  return g_test_run ();
}
