/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The table of entities and fields (schema.def) as C sees it. */

typedef enum
{
#define ENTITY(SYM, name, parent) BATON_ENTITY_##SYM,
#define FIELD(ENT, SYM, name, type, target, limit, merge, flags)
#include "schema.def"
  BATON_N_ENTITIES,
  BATON_ENTITY_NONE = BATON_N_ENTITIES,
} BatonEntity;

typedef enum
{
#define ENTITY(SYM, name, parent)
#define FIELD(ENT, SYM, name, type, target, limit, merge, flags) BATON_##ENT##_##SYM,
#include "schema.def"
  BATON_N_FIELDS,
  BATON_FIELD_NONE = BATON_N_FIELDS,
} BatonField;

typedef enum
{
  BATON_TYPE_TEXT, /* one line */
  BATON_TYPE_LONG, /* many lines, Markdown */
  BATON_TYPE_INT,
  BATON_TYPE_BOOL,
  BATON_TYPE_TIME, /* microseconds since 1970 UTC */
  BATON_TYPE_REF,  /* id of one row */
  BATON_TYPE_SET,  /* ids, sorted, separated by one space */
  BATON_TYPE_ENUM, /* one of a fixed list of names */
} BatonType;

typedef enum
{
  BATON_MERGE_LAST,      /* last in server order wins */
  BATON_MERGE_CAS,       /* only if it is still what it was */
  BATON_MERGE_ADD_ONLY,  /* written once */
  BATON_MERGE_THREE_WAY, /* texts merge, overlap is refused */
} BatonMerge;

typedef enum
{
  BATON_FIELD_FACE = 1 << 0,
  BATON_FIELD_SEARCH = 1 << 1,
  BATON_FIELD_SYSTEM = 1 << 2,
  BATON_FIELD_COUNT = 1 << 3,
} BatonFieldFlags;

typedef struct
{
  const char *name;
  BatonEntity entity;
  BatonType type;
  BatonEntity target;         /* REF and SET */
  const char *const *choices; /* ENUM; NULL-terminated, the first is the default */
  gint64 limit;
  BatonMerge merge;
  BatonFieldFlags flags;
} BatonFieldInfo;

typedef struct
{
  const char *name;
  BatonField first; /* its fields are first … first + n_fields - 1; CREATED and REMOVED are the first two */
  guint n_fields;
  BatonField parent; /* the REF whose rows keep an order among themselves, or BATON_FIELD_NONE */
  BatonField rank;   /* or BATON_FIELD_NONE */
} BatonEntityInfo;

const BatonEntityInfo *baton_entity_info (BatonEntity entity);
const BatonFieldInfo *baton_field_info (BatonField field);
BatonEntity baton_entity_find (const char *name); /* BATON_ENTITY_NONE when unknown */
BatonField baton_field_find (BatonEntity entity, const char *name);

/* A number that changes with the shape of the table: derived tables of another shape are rebuilt. */
guint32 baton_schema_fingerprint (void);

static inline BatonField
baton_entity_created (BatonEntity entity)
{
  return baton_entity_info (entity)->first;
}

static inline BatonField
baton_entity_removed (BatonEntity entity)
{
  return baton_entity_info (entity)->first + 1;
}

G_END_DECLS
