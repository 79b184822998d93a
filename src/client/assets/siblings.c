/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "siblings.h"

static gboolean
is_live (const BatonRow *version)
{
  return baton_row_int (version, baton_entity_removed (version->entity)) == 0;
}

gboolean
baton_versions_are_siblings (const BatonRow *asset, const BatonRow *version, const BatonRow *other)
{
  const char *parent = baton_row_text (version, BATON_VERSION_PARENT);
  gint64 newer =
      MAX (baton_row_int (version, BATON_VERSION_NUMBER), baton_row_int (other, BATON_VERSION_NUMBER));

  return asset != NULL && parent != NULL && version != other && is_live (version) && is_live (other) &&
         g_strcmp0 (baton_row_text (other, BATON_VERSION_PARENT), parent) == 0 &&
         newer > baton_row_int (asset, BATON_ASSET_SETTLED);
}
