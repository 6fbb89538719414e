<?php
/* Plugin Name: Colleagues. What docs/presets/wordpress.md asks a site to have: four fields of a profile in the REST API. */
add_action('init', function () {
    foreach (['skills', 'job_title', 'team', 'place'] as $field) {
        register_meta('user', $field, ['type' => 'string', 'single' => true, 'show_in_rest' => true]);
    }
});
