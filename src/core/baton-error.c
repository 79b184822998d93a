/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "baton-error.h"

G_DEFINE_QUARK (baton - error - quark, baton_error)

static const struct
{
  BatonErrorCode code;
  const char *name;
} names[] = {
  { BATON_ERROR_INVALID, "invalid" },
  { BATON_ERROR_NOT_FOUND, "not-found" },
  { BATON_ERROR_STALE, "stale" },
  { BATON_ERROR_LIMIT, "limit" },
  { BATON_ERROR_WIP, "wip" },
  { BATON_ERROR_NOT_DONE, "not-done" },
  { BATON_ERROR_OVERLAP, "overlap" },
  { BATON_ERROR_CYCLE, "cycle" },
  { BATON_ERROR_EXISTS, "exists" },
  { BATON_ERROR_UNKNOWN, "unknown" },
  { BATON_ERROR_FORBIDDEN, "forbidden" },
  { BATON_ERROR_VOID, "void" },
  { BATON_ERROR_FULL, "full" },
};

const char *
baton_error_name (BatonErrorCode code)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (names[i].code == code)
        return names[i].name;
    }
  return "invalid";
}

BatonErrorCode
baton_error_by_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_strcmp0 (names[i].name, name) == 0)
        return names[i].code;
    }
  return BATON_ERROR_INVALID;
}
