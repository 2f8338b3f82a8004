package io.tasuki.benchmarks.comparison.contestant.tasuki;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The application under measurement. */
@SpringBootApplication
class TasukiApplication {

}
