/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "value.h"

G_BEGIN_DECLS

/* Two versions were made from the same one, both are live, and nobody has chosen between them since: which of
 * them counts is for a person to say. asset: theirs; NULL: they are none. */
gboolean baton_versions_are_siblings (const BatonRow *asset, const BatonRow *version, const BatonRow *other);

G_END_DECLS
