/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange.h"
#include "fuzz.h"

G_BEGIN_DECLS

/* A workspace that takes one import after the other. */
BatonReader *fuzz_import_reader (void);

/* Every plan can be performed, and the workspace is in order afterwards; what cannot be planned is refused in
 * words. Takes both; one of them is NULL. */
void fuzz_import_perform (BatonImportPlan *plan, GError *error);

G_END_DECLS
