/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What a person can start with: the sample campaign, a template, an import, a workspace opened before. */
#define BATON_TYPE_START_PAGE (baton_start_page_get_type ())
G_DECLARE_FINAL_TYPE (BatonStartPage, baton_start_page, BATON, START_PAGE, AdwBin)

BatonStartPage *baton_start_page_new (void);

G_END_DECLS
