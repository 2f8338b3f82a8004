package io.tasuki.sample.photo;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.util.unit.DataSize;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;

/**
 * Says what is wrong with an upload. Asked before Spring's own advice, which is less
 * exact.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice
class UploadErrors {

	private final DataSize limit;

	UploadErrors(@Value("${spring.servlet.multipart.max-file-size}") DataSize limit) {
		this.limit = limit;
	}

	@ExceptionHandler({ MissingServletRequestPartException.class, MultipartException.class })
	ProblemDetail noFile() {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST,
				"Send the picture as the part named 'file', as in: curl -F file=@sample.jpg http://localhost:8080/photos");
	}

	@ExceptionHandler
	ProblemDetail tooLarge(MaxUploadSizeExceededException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.CONTENT_TOO_LARGE,
				"The picture is larger than %d MB".formatted(this.limit.toMegabytes()));
	}

}
