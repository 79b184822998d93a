/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* The tables of entities, fields and verbs; ids; times; values. */

#include "id.h"
#include "op.h"
#include "test-random.h"
#include "timestamp.h"

#include <string.h>

static void
test_entities (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  guint fields = 0;

  for (guint i = 0; i < BATON_N_ENTITIES; i++)
    {
      const BatonEntityInfo *info = baton_entity_info (i);

      g_assert_true (g_hash_table_add (names, (gpointer) info->name));
      g_assert_cmpint (baton_entity_find (info->name), ==, (int) i);
      g_assert_cmpuint (info->first, ==, fields);
      g_assert_cmpuint (info->n_fields, >=, 2);
      g_assert_cmpuint (info->n_fields, <=, 40); /* the store's masks of fields have 40 bits */
      g_assert_cmpstr (baton_field_info (baton_entity_created (i))->name, ==, "created");
      g_assert_cmpstr (baton_field_info (baton_entity_removed (i))->name, ==, "removed");
      fields += info->n_fields;
      if (info->parent == BATON_FIELD_NONE)
        continue;
      g_assert_cmpint (baton_field_info (info->parent)->entity, ==, (int) i);
      g_assert_cmpint (baton_field_info (info->parent)->type, ==, BATON_TYPE_REF);
      g_assert_cmpint (info->rank, !=, BATON_FIELD_NONE);
    }
  g_assert_cmpuint (fields, ==, BATON_N_FIELDS);
  g_assert_cmpint (baton_entity_find ("no such thing"), ==, BATON_ENTITY_NONE);
  g_assert_cmpint (baton_entity_find (""), ==, BATON_ENTITY_NONE);
}

static void
test_fields (void)
{
  for (guint i = 0; i < BATON_N_FIELDS; i++)
    {
      const BatonFieldInfo *info = baton_field_info (i);
      gboolean text = info->type == BATON_TYPE_TEXT || info->type == BATON_TYPE_LONG;
      gboolean refers = info->type == BATON_TYPE_REF || info->type == BATON_TYPE_SET;

      g_assert_cmpint (baton_field_find (info->entity, info->name), ==, (int) i);
      g_assert_cmpint ((info->choices != NULL), ==, (info->type == BATON_TYPE_ENUM));
      g_assert_cmpint ((info->target != BATON_ENTITY_NONE), ==, refers);
      g_assert_true (!text || info->limit > 0);
      g_assert_cmpint (info->limit, >=, 0);
      g_assert_true (!(info->flags & BATON_FIELD_COUNT) || !text);
      for (const char *p = info->name; *p != '\0'; p++)
        g_assert_true (g_ascii_islower (*p) || *p == '_');
    }
  g_assert_cmpint (baton_field_find (BATON_ENTITY_CARD, "Title"), ==, BATON_FIELD_NONE);
  g_assert_cmpuint (baton_schema_fingerprint (), !=, 0);
  g_assert_cmpuint (baton_schema_fingerprint (), ==, baton_schema_fingerprint ());
}

static void
test_verbs (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < BATON_N_VERBS; i++)
    {
      const BatonVerbInfo *info = baton_verb_info (i);

      g_assert_true (g_hash_table_add (names, (gpointer) info->name));
      g_assert_cmpint (baton_verb_find (info->name), ==, (int) i);
      g_assert_nonnull (strchr (info->name, '.'));
      if (info->action == BATON_ACTION_MOVE)
        g_assert_cmpint (baton_entity_info (info->entity)->rank, !=, BATON_FIELD_NONE);
    }
  g_assert_cmpint (baton_verb_find ("card.teleport"), ==, BATON_VERB_UNKNOWN);
}

static void
test_ids (void)
{
  BatonTestRandom random = baton_test_random (1);
  const guint8 ones[10] = { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 };
  char id[BATON_ID_LENGTH + 1];
  g_autofree char *early = baton_test_id (&random, G_GINT64_CONSTANT (1772355600000) * 1000);
  g_autofree char *late = baton_test_id (&random, G_GINT64_CONSTANT (1772355600001) * 1000);

  baton_id_format (id, G_GINT64_CONSTANT (0x017f22e279b0), ones); /* the time of RFC 9562's example */
  g_assert_cmpstr (id, ==, "017f22e2-79b0-7fff-bfff-ffffffffffff");
  baton_id_format (id, 0, (const guint8[10]){ 0 });
  g_assert_cmpstr (id, ==, "00000000-0000-7000-8000-000000000000");
  g_assert_true (baton_id_is_valid (id));
  g_assert_cmpstr (early, <, late);

  g_assert_false (baton_id_is_valid (NULL));
  g_assert_false (baton_id_is_valid (""));
  g_assert_false (baton_id_is_valid ("017f22e2-79b0-7fff-bfff-fffffffffff"));
  g_assert_false (baton_id_is_valid ("017f22e2-79b0-7fff-bfff-fffffffffffff"));
  g_assert_false (baton_id_is_valid ("017F22E2-79B0-7FFF-BFFF-FFFFFFFFFFFF"));
  g_assert_false (baton_id_is_valid ("017f22e2 79b0-7fff-bfff-ffffffffffff"));
  g_assert_false (baton_id_is_valid ("017f22e2-79b0-7fff-bfff-fffffffffffg"));
}

static void
check_time (gint64 at, const char *text)
{
  g_autofree char *formatted = baton_timestamp_format (at);
  gint64 back = -1;

  g_assert_cmpstr (formatted, ==, text);
  g_assert_true (baton_timestamp_parse (formatted, &back));
  g_assert_cmpint (back, ==, at);
}

static void
test_times (void)
{
  BatonTestRandom random = baton_test_random (2);
  gint64 at = 42;

  check_time (0, "1970-01-01T00:00:00Z");
  check_time (250000, "1970-01-01T00:00:00.250Z");
  check_time (-1000, "1969-12-31T23:59:59.999Z");
  check_time (G_GINT64_CONSTANT (-86400) * G_USEC_PER_SEC, "1969-12-31T00:00:00Z");
  check_time (G_GINT64_CONSTANT (1709164800) * G_USEC_PER_SEC, "2024-02-29T00:00:00Z");
  check_time (G_GINT64_CONSTANT (5680281599) * G_USEC_PER_SEC, "2149-12-31T23:59:59Z");
  check_time (G_GINT64_CONSTANT (5680281600) * G_USEC_PER_SEC, "2150-01-01T00:00:00Z");
  check_time (G_GINT64_CONSTANT (-2208988800) * G_USEC_PER_SEC, "1900-01-01T00:00:00Z");

  for (guint i = 0; i < 2000; i++)
    {
      /* Any millisecond from 1800 to 2300. */
      gint64 millis = (gint64) (baton_test_next (&random) % G_GUINT64_CONSTANT (15778476000000)) -
                      G_GINT64_CONSTANT (5364662400000);
      g_autofree char *text = baton_timestamp_format (millis * 1000);
      gint64 back = 0;

      g_assert_true (baton_timestamp_parse (text, &back));
      g_assert_cmpint (back, ==, millis * 1000);
    }

  g_assert_true (baton_timestamp_parse ("2026-03-01", &at));
  g_assert_cmpint (at, ==, G_GINT64_CONSTANT (1772323200) * G_USEC_PER_SEC);
  g_assert_true (baton_timestamp_parse ("2026-03-01T10:30:00+01:00", &at));
  g_assert_cmpint (at, ==, G_GINT64_CONSTANT (1772357400) * G_USEC_PER_SEC);
  at = 42;
  g_assert_false (baton_timestamp_parse (NULL, &at));
  g_assert_false (baton_timestamp_parse ("", &at));
  g_assert_false (baton_timestamp_parse ("tomorrow", &at));
  g_assert_false (baton_timestamp_parse ("2026-13-01", &at));
  g_assert_false (baton_timestamp_parse ("2026-02-30T00:00:00Z", &at));
  g_assert_false (baton_timestamp_parse ("2026-03-01T25:00:00Z", &at));
  g_assert_false (baton_timestamp_parse ("2026-03-01T10:30:00Z and so on", &at));
  g_assert_cmpint (at, ==, 42);
}

static void
test_sets (void)
{
  BatonTestRandom random = baton_test_random (3);
  g_autoptr (GHashTable) model = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  BatonValue set = baton_value_none ();

  for (guint i = 0; i < 20; i++)
    g_ptr_array_add (ids, baton_test_id (&random, 1000000));
  for (guint i = 0; i < 2000; i++)
    {
      const char *id = g_ptr_array_index (ids, baton_test_below (&random, ids->len));
      const char *now = set.kind == BATON_VALUE_TEXT ? set.text : NULL;
      gboolean add = baton_test_chance (&random, 50);
      BatonValue next = add ? baton_set_add (now, id) : baton_set_remove (now, id);

      baton_value_clear (&set);
      set = next;
      now = set.kind == BATON_VALUE_TEXT ? set.text : NULL;
      if (add)
        g_hash_table_add (model, g_strdup (id));
      else
        g_hash_table_remove (model, id);
      g_assert_cmpint (baton_set_contains (now, id), ==, add);
      g_assert_cmpuint (baton_set_size (now), ==, g_hash_table_size (model));
      g_assert_cmpint ((now == NULL), ==, (g_hash_table_size (model) == 0));
    }
  baton_value_clear (&set);
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/schema/entities", test_entities);
  g_test_add_func ("/schema/fields", test_fields);
  g_test_add_func ("/schema/verbs", test_verbs);
  g_test_add_func ("/ids", test_ids);
  g_test_add_func ("/times", test_times);
  g_test_add_func ("/sets", test_sets);
  return g_test_run ();
}
