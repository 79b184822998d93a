/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "schema.h"

#include <string.h>

static const char *const stage_kind[] = { "backlog", "queue", "active", "review", "done", NULL };
static const char *const urgency[] = { "normal", "low", "high", "fast", NULL };
static const char *const satisfaction[] = { "1", "2", "3", "4", "5", NULL };
static const char *const version_status[] = { "draft", "in_review", "approved", "approved_with_changes",
  "changes_requested", NULL };
static const char *const mark_shape[] = { "none", "point", "rectangle", "stroke", "arrow", "text", "moment",
  "range", NULL };
static const char *const decision[] = { "none", "approved", "approved_with_changes", "changes_requested",
  NULL };
static const char *const handoff_mark[] = { "measured", "sync", "async", NULL };
static const char *const check_state[] = { "open", "complete", "not_applicable", "failed", NULL };

/* The target column of the table is an entity or a list of choices; these let one macro serve both. */
enum
{
  TARGET_NONE = BATON_ENTITY_NONE,
  TARGET_STAGE_KIND = -1,
  TARGET_URGENCY = -2,
  TARGET_VERSION_STATUS = -3,
  TARGET_MARK_SHAPE = -4,
  TARGET_DECISION = -5,
  TARGET_CHECK_STATE = -6,
  TARGET_SATISFACTION = -7,
  TARGET_HANDOFF_MARK = -8,
  TARGET_PERSON = BATON_ENTITY_PERSON,
  TARGET_BOARD = BATON_ENTITY_BOARD,
  TARGET_STAGE = BATON_ENTITY_STAGE,
  TARGET_CRITERION = BATON_ENTITY_CRITERION,
  TARGET_CHANNEL = BATON_ENTITY_CHANNEL,
  TARGET_CAMPAIGN = BATON_ENTITY_CAMPAIGN,
  TARGET_ASSET_TYPE = BATON_ENTITY_ASSET_TYPE,
  TARGET_LABEL = BATON_ENTITY_LABEL,
  TARGET_CARD = BATON_ENTITY_CARD,
  TARGET_CHECKLIST = BATON_ENTITY_CHECKLIST,
  TARGET_CUSTOM_FIELD = BATON_ENTITY_CUSTOM_FIELD,
  TARGET_COMMENT = BATON_ENTITY_COMMENT,
  TARGET_ASSET = BATON_ENTITY_ASSET,
  TARGET_VERSION = BATON_ENTITY_VERSION,
  TARGET_REVIEW = BATON_ENTITY_REVIEW,
  TARGET_REVIEW_CHECK = BATON_ENTITY_REVIEW_CHECK,
};

#define FACE BATON_FIELD_FACE
#define SEARCH BATON_FIELD_SEARCH
#define SYSTEM BATON_FIELD_SYSTEM
#define COUNT BATON_FIELD_COUNT

static const BatonFieldInfo fields[BATON_N_FIELDS] = {
#define ENTITY(SYM, name, parent)
#define FIELD(ENT, SYM, field_name, field_type, field_target, field_limit, field_merge, field_flags)     \
  [BATON_##ENT##_##SYM] = { .name = field_name,                                                          \
    .entity = BATON_ENTITY_##ENT,                                                                        \
    .type = BATON_TYPE_##field_type,                                                                     \
    .target = (int) TARGET_##field_target < 0 ? BATON_ENTITY_NONE : (BatonEntity) TARGET_##field_target, \
    .choices = (int) TARGET_##field_target == TARGET_STAGE_KIND       ? stage_kind                       \
               : (int) TARGET_##field_target == TARGET_URGENCY        ? urgency                          \
               : (int) TARGET_##field_target == TARGET_VERSION_STATUS ? version_status                   \
               : (int) TARGET_##field_target == TARGET_MARK_SHAPE     ? mark_shape                       \
               : (int) TARGET_##field_target == TARGET_DECISION       ? decision                         \
               : (int) TARGET_##field_target == TARGET_CHECK_STATE    ? check_state                      \
               : (int) TARGET_##field_target == TARGET_SATISFACTION   ? satisfaction                     \
               : (int) TARGET_##field_target == TARGET_HANDOFF_MARK   ? handoff_mark                     \
                                                                      : NULL,                              \
    .limit = field_limit,                                                                                \
    .merge = BATON_MERGE_##field_merge,                                                                  \
    .flags = field_flags },
#include "schema.def"
};

#undef FACE
#undef SEARCH
#undef SYSTEM
#undef COUNT

static const struct
{
  const char *name;
  const char *parent;
} entity_names[BATON_N_ENTITIES] = {
#define ENTITY(SYM, entity_name, parent_symbol) [BATON_ENTITY_##SYM] = { entity_name, #parent_symbol },
#define FIELD(ENT, SYM, name, type, target, limit, merge, flags)
#include "schema.def"
};

static BatonField
find_field (BatonField first, guint n_fields, const char *name)
{
  for (guint i = 0; i < n_fields; i++)
    {
      if (strcmp (fields[first + i].name, name) == 0)
        return first + i;
    }
  return BATON_FIELD_NONE;
}

static void
fill_entity (BatonEntityInfo *info, BatonEntity entity)
{
  guint first = 0;
  guint end;
  g_autofree char *parent = g_ascii_strdown (entity_names[entity].parent, -1);

  while (fields[first].entity != entity)
    first++;
  for (end = first; end < BATON_N_FIELDS && fields[end].entity == entity;)
    end++;

  info->name = entity_names[entity].name;
  info->first = first;
  info->n_fields = end - first;
  info->parent = find_field (first, end - first, parent);
  info->rank = find_field (first, end - first, "rank");
}

static const BatonEntityInfo *
entity_table (void)
{
  static BatonEntityInfo table[BATON_N_ENTITIES];
  static gsize ready = 0;

  if (g_once_init_enter (&ready))
    {
      for (guint i = 0; i < BATON_N_ENTITIES; i++)
        fill_entity (&table[i], i);
      g_once_init_leave (&ready, 1);
    }
  return table;
}

const BatonEntityInfo *
baton_entity_info (BatonEntity entity)
{
  g_assert (entity < BATON_N_ENTITIES);
  return &entity_table ()[entity];
}

const BatonFieldInfo *
baton_field_info (BatonField field)
{
  g_assert (field < BATON_N_FIELDS);
  return &fields[field];
}

BatonEntity
baton_entity_find (const char *name)
{
  for (guint i = 0; i < BATON_N_ENTITIES; i++)
    {
      if (strcmp (entity_names[i].name, name) == 0)
        return i;
    }
  return BATON_ENTITY_NONE;
}

BatonField
baton_field_find (BatonEntity entity, const char *name)
{
  const BatonEntityInfo *info = baton_entity_info (entity);

  return find_field (info->first, info->n_fields, name);
}

guint32
baton_schema_fingerprint (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < BATON_N_FIELDS; i++)
    {
      g_string_append_printf (text, "%s.%s:%d:%d;", baton_entity_info (fields[i].entity)->name,
          fields[i].name, fields[i].type, fields[i].flags & BATON_FIELD_SEARCH);
    }
  return g_str_hash (text->str);
}
