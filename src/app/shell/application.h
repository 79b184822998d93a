/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define BATON_TYPE_APPLICATION (baton_application_get_type ())
G_DECLARE_FINAL_TYPE (BatonApplication, baton_application, BATON, APPLICATION, AdwApplication)

BatonApplication *baton_application_new (void);
GSettings *baton_application_settings (BatonApplication *self); /* borrowed */

/* Shows a workspace folder in a window: that window where it is open already, else a new one. */
void baton_application_open_folder (BatonApplication *self, const char *folder, BatonStoreFlags flags);

/* The folders that the first start offers. Transfer full. */
char *baton_application_sample_folder (void);
char *baton_application_default_folder (void);

G_END_DECLS
