/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "start-page.h"

struct _BatonStartPage
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (BatonStartPage, baton_start_page, ADW_TYPE_BIN)

static void
baton_start_page_class_init (BatonStartPageClass *klass)
{
}

static void
baton_start_page_init (BatonStartPage *self)
{
}

BatonStartPage *
baton_start_page_new (void)
{
  return g_object_new (BATON_TYPE_START_PAGE, NULL);
}
